package org.syscope.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.Text;
import org.syscope.capture.scap.CaptureSink;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadInfo;

import static org.assertj.core.api.Assertions.assertThat;

/** What is private does not reach the file; everything else does, unchanged. */
class SanitizerTest {

    private static final String SAY = "{\"container\":{\"id\":\"1\",\"Env\":[\"DB_PASSWORD=x\"],\"cmd\":\"--token=abc\"}}";

    @TempDir
    private Path folder;
    private final Sanitizer sanitizer = new Sanitizer();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Event> through(Events source, String name) throws IOException {
        String file = folder.resolve(name).toString();
        try (CaptureSink sink = sanitizer.sink(ScapWriter.create(file, false, new SystemState(null), "test", thread -> true,
                Map.of()), tid -> tid == 1)) {
            Event event = new Event();
            while (source.next(event) == EventSource.Next.EVENT) {
                sink.write(event, event.blockFlags() & Event.STATE_ONLY);
            }
        }
        return read(file);
    }

    private static List<Event> read(String file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (ScapReader reader = ScapReader.open(file, null)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                Event copy = new Event();
                byte[] bytes = event.segment().asSlice(event.offset(), event.length() + event.optionsLength())
                        .toArray(ValueLayout.JAVA_BYTE);
                copy.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, event.cpu(), event.blockFlags());
                events.add(copy);
            }
        }
        return events;
    }

    @Test
    void buffersAreEmptiedAndOtherParametersStay() throws IOException {
        List<Event> events = through(new Events().add(5, 1, EventCodes.PPME_SYSCALL_READ_X, Events.i64(6), bytes("secret"),
                Events.i64(3)), "read");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().signed(0, -1)).isEqualTo(6);
        assertThat(events.getFirst().parameterLength(1)).isZero();
        assertThat(events.getFirst().signed(2, -1)).isEqualTo(3);
        assertThat(sanitizer.line()).contains("1 buffer of 6 bytes");
    }

    @Test
    void descriptionsOfContainersLoseTheirEnvironment() throws IOException {
        List<Event> events = through(new Events().add(5, -1, EventCodes.PPME_CONTAINER_JSON_E, bytes(SAY + "\0")), "container");
        assertThat(events.getFirst().text(0).toString())
                .isEqualTo("{\"container\":{\"id\":\"1\",\"cmd\":\"--token=***\"}}");
        assertThat(sanitizer.line()).contains("1 environment, 1 secret ");
    }

    @Test
    void knownContainersLoseTheirEnvironment() throws IOException {
        SystemState state = new SystemState(null);
        state.containers().put(new ContainerJson().read(bytes(
                "{\"container\":{\"id\":\"1\",\"name\":\"web\",\"env\":[\"A=b\"],\"labels\":{\"run\":\"--token=hunter2\"}}}")));
        ContainerInfo clean = sanitizer.clean(state).containers().find(Text.of("1"));
        assertThat(clean.name()).hasToString("web");
        assertThat(clean.environment()).isEmpty();
        assertThat(clean.labels()).containsEntry("run", Text.of("--token=***"));
        assertThat(state.containers().find(Text.of("1")).environment()).as("the run's own state stays").hasSize(1);
        assertThat(sanitizer.line()).contains("1 environment, 1 secret ");
    }

    @Test
    void eventsForTheStateOfOtherProcessesAreLeftOut() throws IOException {
        Events source = new Events().add(Event.STATE_ONLY, 5, 1, EventCodes.PPME_SYSCALL_CLOSE_X, Events.i64(0))
                .add(Event.STATE_ONLY, 6, 2, EventCodes.PPME_SYSCALL_CLOSE_X, Events.i64(0))
                .add(7, 2, EventCodes.PPME_SYSCALL_CLOSE_X, Events.i64(0));
        assertThat(through(source, "foreign")).extracting(Event::timestamp).containsExactly(5L, 7L);
    }

    @Test
    void threadsLoseEnvironmentAndSecrets() throws IOException {
        SystemState state = new SystemState(null);
        ThreadInfo thread = new ThreadInfo(9);
        thread.pid = 9;
        thread.exe = Text.of("mysql");
        thread.args = TextList.of(Text.of("-phunter2\0db\0"));
        state.threads().add(thread);
        thread.env(TextList.of(Text.of("A=b\0")));
        ThreadInfo clean = sanitizer.clean(state).threads().get(9);
        assertThat(clean.args.parts()).containsExactly(Text.of("-p***"), Text.of("db"));
        assertThat(clean.env().isEmpty()).isTrue();
        assertThat(thread.env().parts()).as("the run's own state stays").containsExactly(Text.of("A=b"));
        assertThat(thread.args.parts()).containsExactly(Text.of("-phunter2"), Text.of("db"));
    }

    @Test
    void realEventsKeepWhatIsBehindThem() throws IOException {
        for (String name : List.of("curl_google", "sample", "cat_write")) {
            String source = Launcher.capture(name + ".scap").toString();
            String file = folder.resolve(name).toString();
            try (ScapReader reader = ScapReader.open(source, null);
                    CaptureSink sink = sanitizer.sink(ScapWriter.create(file, true, new SystemState(null), "test",
                            thread -> true, Map.of()), tid -> true)) {
                Event event = new Event();
                while (reader.next(event) == EventSource.Next.EVENT) {
                    sink.write(event, 0);
                }
            }
            List<Event> before = read(source);
            List<Event> after = read(file);
            assertThat(after).hasSameSizeAs(before);
            EventOptions options = new EventOptions();
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i).timestamp()).isEqualTo(before.get(i).timestamp());
                assertThat(after.get(i).typeCode()).isEqualTo(before.get(i).typeCode());
                assertThat(after.get(i).parameterCount()).isEqualTo(before.get(i).parameterCount());
                boolean had = options.find(before.get(i), EventOptions.LATENCY);
                long latency = had ? options.u64(-1) : 0;
                assertThat(options.find(after.get(i), EventOptions.LATENCY)).isEqualTo(had);
                assertThat(had ? options.u64(-1) : 0).isEqualTo(latency);
            }
        }
        assertThat(Files.size(folder.resolve("curl_google"))).isPositive();
    }
}
