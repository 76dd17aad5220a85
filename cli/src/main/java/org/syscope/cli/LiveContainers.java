package org.syscope.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.syscope.capture.container.ContainerEvent;
import org.syscope.capture.container.ContainerId;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.container.ContainerResolver;
import org.syscope.capture.container.EngineSockets;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * Keeps names with the containers of a live trace: has those looked for that events come from, puts what was found out into
 * the state, and makes the events by which a capture remembers it. The first event of a container can be held until the
 * name is there; an engine that does not answer is waited for once, then no longer until it answers again.
 */
final class LiveContainers implements EventLoop.Metadata {

    private static final int MAX_SEEN = 65_536;
    /** How long a container engine may take to answer, ns. */
    private static final long ENGINE_NANOS = 2_000_000_000;
    /** How long the first event of a container is held where its name is wanted, ns. */
    private static final long WAIT_META_NANOS = 500_000_000;

    private final SystemState state;
    private final ContainerResolver resolver;
    private final ProcSystem proc;
    private final DelayLine line;
    private final LongSupplier patience;
    private final Interrupts interrupts;
    private final boolean users;
    private final ContainerJson json = new ContainerJson();
    private final Queue<Event> told = new ArrayDeque<>();
    private final Set<Text> usersRead = new HashSet<>();
    private boolean impatient;
    private long now;

    /**
     * Containers of a trace.
     *
     * @param proc where the users in a container are looked up
     * @param line where the events come from
     * @param patience how long a container's first event may be held, ns
     * @param users whether users and groups are wanted
     */
    LiveContainers(SystemState state, ContainerResolver resolver, ProcSystem proc, DelayLine line, LongSupplier patience,
            Interrupts interrupts, boolean users) {
        this.state = state;
        this.resolver = resolver;
        this.proc = proc;
        this.line = line;
        this.patience = patience;
        this.interrupts = interrupts;
        this.users = users;
    }

    /**
     * The containers of a trace that begins now.
     *
     * @param shown whether something that only an engine knows is shown or filtered by
     * @param warn takes lines about engines that do not answer
     * @return null where nothing of what engines know is wanted
     */
    static LiveContainers begin(Settings settings, Map<String, String> environment, SystemState state, ProcSystem proc,
            DelayLine line, Interrupts interrupts, boolean shown, Consumer<String> warn) {
        boolean wanted = shown || settings.recording() != null;
        if (!wanted && !settings.has(Option.WAIT_META)) {
            return null;
        }
        EngineSockets sockets = EngineSockets.of(environment.getOrDefault(ProcSystem.HOST_ROOT, ""), environment,
                settings.values(Option.CRI), ENGINE_NANOS, settings.criNanos() < 0 ? ENGINE_NANOS : settings.criNanos());
        LiveContainers containers = new LiveContainers(state, ContainerResolver.of(sockets, warn::accept), proc, line,
                () -> settings.waitMetaNanos() >= 0 ? settings.waitMetaNanos() : wanted ? WAIT_META_NANOS : 0,
                interrupts, !settings.has(Option.EXCLUDE_USERS));
        containers.begin();
        return containers;
    }

    /** Has the containers of all threads looked for that run now. */
    void begin() {
        now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        state.threads().forEach((tid, thread) -> {
            ContainerId container = state.container(thread);
            if (container != null) {
                resolver.request(container);
                readUsers(container, thread);
            }
        });
    }

    @Override
    public void complete(Event event) throws IOException {
        ThreadInfo thread = state.thread();
        ContainerId container = thread == null ? null : state.container(thread);
        if (container == null) {
            return;
        }
        if (users && event.typeCode() == EventCodes.PPME_SYSCALL_EXECVE_19_X) {
            now = event.timestamp();
            readUsers(container, thread);
        }
        if (state.containers().find(container.id()) != null) {
            return;
        }
        now = event.timestamp();
        take();
        if (state.containers().find(container.id()) == null && resolver.request(container)) {
            long nanos = impatient ? 0 : patience.getAsLong();
            if (nanos > 0) {
                impatient = !line.hold(event, () -> isSettled(container.id()), nanos);
            }
        }
    }

    private boolean isSettled(Text id) {
        take();
        return state.containers().find(id) != null || !resolver.isAwaited(id) || interrupts.stopped();
    }

    private void take() {
        while (!resolver.isQuiet()) {
            ContainerInfo found = resolver.poll();
            if (found != null) {
                impatient = false;
                ContainerInfo known = state.containers().find(found.id());
                if (!found.equals(known) && (known == null || !found.isNameOnly())) {
                    state.containers().put(found);
                    told.add(ContainerEvent.of(json, found, now));
                }
            }
        }
    }

    @Override
    public Event told(long time) {
        if (!resolver.isQuiet()) {
            now = Math.max(now, time);
            take();
        }
        return told.poll();
    }

    /** Reads who lives in a container, once: as soon as a thread has the container's own root directory. */
    private void readUsers(ContainerId container, ThreadInfo thread) {
        if (!users || usersRead.contains(container.id())) {
            return;
        }
        if (usersRead.size() >= MAX_SEEN) {
            usersRead.clear();
        }
        if (proc.readAccounts(thread.pid, state.users(), container.id())) {
            usersRead.add(container.id());
            state.users().forEachUser(container.id(), (uid, user) -> told.add(ContainerEvent.user(now, container.id(),
                    user.uid(), user.gid(), user.name(), user.home(), user.shell())));
            state.users().forEachGroup(container.id(), (gid, group) -> told.add(
                    ContainerEvent.group(now, container.id(), group.gid(), group.name())));
        }
    }

    @Override
    public void close() {
        resolver.close();
    }
}
