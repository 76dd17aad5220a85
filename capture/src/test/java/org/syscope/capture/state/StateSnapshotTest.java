package org.syscope.capture.state;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a thread, an fd or a container is known by survives being saved. */
class StateSnapshotTest {

    /** What is worked out from other fields, or ties objects to each other. */
    private static final Set<String> DERIVED = Set.of("leader", "container", "containerCgroups", "enterSegment", "group",
            "groupIndex", "parent", "firstChild", "nextSibling", "previousSibling", "ownFds", "enterBytes", "enterLength",
            "callCode", "callSince", "callFd", "checkedLosses");

    private int next = 1;

    /** Gives every field a value of its own. */
    private void fill(Object object) throws IllegalAccessException {
        for (Field field : object.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers())
                    || DERIVED.contains(field.getName())) {
                continue;
            }
            field.setAccessible(true);
            Class<?> type = field.getType();
            next++;
            if (type == long.class) {
                field.setLong(object, next);
            } else if (type == int.class) {
                field.setInt(object, next);
            } else if (type == byte.class) {
                field.setByte(object, (byte) next);
            } else if (type == boolean.class) {
                field.setBoolean(object, true);
            } else if (type == Text.class) {
                field.set(object, Text.of("text " + next));
            } else if (type == TextList.class) {
                field.set(object, TextList.of(Text.of("word" + next + "\0other\0")));
            } else if (type == FdType.class) {
                field.set(object, FdType.IPV6);
            } else {
                throw new AssertionError("a value for " + field);
            }
        }
    }

    private static void same(Object before, Object after) throws IllegalAccessException {
        for (Field field : before.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || DERIVED.contains(field.getName())) {
                continue;
            }
            field.setAccessible(true);
            assertThat(field.get(after)).as(field.getName()).hasToString(field.get(before).toString());
        }
    }

    private static SystemState copy(SystemState state) throws IOException {
        SystemState copy = new SystemState(null);
        StateSnapshot.restore(StateSnapshot.save(state), copy);
        return copy;
    }

    @Test
    void everyFieldOfThreadsAndFdsIsKept() throws IOException, IllegalAccessException {
        SystemState state = new SystemState(null);
        ThreadInfo thread = new ThreadInfo(41);
        fill(thread);
        thread.pid = 41;
        FdInfo fd = new FdInfo(FdType.IPV6);
        fill(fd);
        state.threads().add(thread);
        thread.fds().put(7, fd);
        thread.enterBytes = new byte[] {1, 2, 3};
        thread.enterLength = 2;
        SystemState copy = copy(state);
        ThreadInfo restored = copy.threads().get(41);
        same(thread, restored);
        assertThat(restored.enterLength).isEqualTo(2);
        assertThat(restored.enterBytes).startsWith(1, 2);
        same(fd, restored.fd(7));
        assertThat(StateSnapshot.save(copy)).isEqualTo(StateSnapshot.save(state));
    }

    @Test
    void containersAreKept() throws IOException {
        SystemState state = new SystemState(null);
        ContainerInfo container = new ContainerJson().read(("{\"container\":{\"id\":\"0123456789ab\",\"type\":11,"
                + "\"name\":\"web\",\"labels\":{\"a\":\"b\"},\"env\":[\"X=y\"]}}").getBytes(StandardCharsets.UTF_8));
        state.containers().put(container);
        assertThat(copy(state).containers().find(container.id())).isEqualTo(container);
    }

    @Test
    void damageLeavesNothing() throws IOException {
        SystemState state = new SystemState(null);
        state.threads().add(new ThreadInfo(5));
        byte[] saved = StateSnapshot.save(state);
        SystemState copy = new SystemState(null);
        for (int length = 0; length < saved.length; length++) {
            byte[] cut = Arrays.copyOf(saved, length);
            assertThatThrownBy(() -> StateSnapshot.restore(cut, copy)).isInstanceOf(IOException.class);
            assertThat(copy.threads().size()).isZero();
        }
    }
}
