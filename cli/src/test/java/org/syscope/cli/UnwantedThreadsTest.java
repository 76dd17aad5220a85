package org.syscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.driver.CallInFlight;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.driver.DriverStatistics;
import org.syscope.capture.event.Event;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.FieldInfo;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.lang.FilterParser;

import static org.assertj.core.api.Assertions.assertThat;

class UnwantedThreadsTest {

    private static FieldCatalog catalog() {
        return StandardFields.catalog(FieldEnvironment.of(new SystemState(null)));
    }

    private final FieldCatalog catalog = catalog();

    private String part(String filter) throws Exception {
        return UnwantedThreads.part(FilterParser.parse(filter), catalog).replace("\"", "");
    }

    @Test
    void thePartOfAFilterThatIsAboutTheThreadAlone() throws Exception {
        assertThat(part("proc.name=nginx")).isEqualTo("proc.name = nginx");
        assertThat(part("evt.type=read and not proc.name=sh and proc.pid in (1, 2)"))
                .isEqualTo("not proc.name = sh and proc.pid in (1, 2)");
        assertThat(part("(proc.name=a or proc.cmdline contains b) and fd.name=c"))
                .isEqualTo("(proc.name = a or proc.cmdline contains b)");
    }

    @Test
    void whatOthersCanChangeIsNoPartOfIt() throws Exception {
        assertThat(part("proc.name=a or evt.type=read")).isEmpty();
        assertThat(part("not (proc.name=a and evt.type=read)")).isEmpty();
        assertThat(part("proc.pname=a and fd.num=3")).isEmpty();
        assertThat(part("proc.aname=a and user.name=b and evt.res=EBADF")).isEmpty();
        assertThat(part("(proc.name=a or proc.pname=b) and thread.tid > 5")).isEqualTo("thread.tid > 5");
        assertThat(part("proc.name = val(proc.pname) and proc.exe = val(proc.exepath)"))
                .isEqualTo("proc.exe = val(proc.exepath)");
        assertThat(part("toupper(proc.name) = A and proc.exepath endswith val(fd.name)"))
                .isEqualTo("toupper(proc.name) = A");
    }

    private static Stream<FieldInfo> fields() {
        return catalog().families().stream().flatMap(family -> family.fields().stream());
    }

    /** The list of fields that judge is short and known; a new field judges nobody until somebody has thought about it. */
    @Test
    void onlyTheseFieldsJudge() throws Exception {
        TreeSet<String> judging = new TreeSet<>();
        for (FieldInfo info : fields().toList()) {
            for (String text : List.of(info.name(), info.name() + "[1]", info.name() + ".x")) {
                try {
                    if (!part(text + " exists").isEmpty()) {
                        judging.add(info.name());
                    }
                } catch (IllegalStateException noSuchField) {
                    assertThat(noSuchField.getMessage()).contains("a part of a filter is none");
                }
            }
        }
        assertThat(judging).containsExactly("container.id", "proc.args", "proc.cmdline", "proc.exe", "proc.exeline",
                "proc.exepath", "proc.name", "proc.pid", "proc.vpid", "thread.tid", "thread.vtid");
    }

    private static Stream<String> judging() {
        return UnwantedThreads.FIELDS.stream();
    }

    /** A field that judges has a value for every kind of event of a thread: one that lacks it would be taken for a no. */
    @ParameterizedTest
    @MethodSource("judging")
    void fieldsThatJudgeDoNotDependOnTheKindOfEvent(String field) throws Exception {
        Filter filter = new FilterCompiler(catalog).compile(field + " exists");
        assertThat(filter.events().isAll()).isTrue();
        assertThat(FieldNeeds.counts(filter)).isFalse();
        assertThat(FieldNeeds.of(List.of(field)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evt.num < 9 and proc.name=a", "evt.deltatime > 9 and proc.name=a", "proc.vmsize > 9 and proc.name=a",
        "fd.connected=true and proc.name=a", "thread.pfmajor > 0 and proc.name=a", "evt.type=read", "proc.name=a or evt.cpu=1"})
    void nobodyIsMutedWhereMoreIsNeeded(String expression) throws Exception {
        assertThat(begin(expression)).isNull();
        assertThat(driver.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dump-on=evt.type=exit --ring=60s -w x", "-d", "--pending=1"})
    void nobodyIsMutedWhereRefusedEventsAreSeen(String options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options.split(" ")));
        words.add("proc.name=a");
        Settings settings = new Settings(CommandWords.parse(words));
        Filter filter = new FilterCompiler(catalog).compile("proc.name=a");
        assertThat(UnwantedThreads.begin(settings, filter, catalog, driver)).isNull();
        assertThat(driver.calls).isEmpty();
    }

    @Test
    void aLossTakesAllJudgementsBack() throws Exception {
        UnwantedThreads threads = begin("proc.name=a");
        threads.lost();
        assertThat(driver.calls).containsExactly("start", "unmute all");
    }

    private final FakeDriver driver = new FakeDriver();

    private UnwantedThreads begin(String expression) throws Exception {
        FieldCatalog own = catalog();
        Filter filter = new FilterCompiler(own).compile(expression);
        return UnwantedThreads.begin(new Settings(CommandWords.parse(List.of(expression))), filter, own, driver);
    }

    /** Writes down what it is asked. */
    private static final class FakeDriver implements Driver {

        private final List<String> calls = new ArrayList<>();

        @Override
        public boolean startMuting() {
            calls.add("start");
            return true;
        }

        @Override
        public void mute(long tid, long judged) {
            calls.add("mute " + tid + " by " + judged);
        }

        @Override
        public void unmute(long tid) {
            calls.add("unmute " + tid);
        }

        @Override
        public void unmuteAll() {
            calls.add("unmute all");
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public DriverStatistics statistics() {
            return new DriverStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new long[0]);
        }

        @Override
        public List<String> leftOut() {
            return List.of();
        }

        @Override
        public List<CallInFlight> callsInFlight() {
            return List.of();
        }

        @Override
        public void stopCapture() {
        }

        @Override
        public void trace(int pid) {
        }

        @Override
        public void forget(int pid) {
        }

        @Override
        public boolean traces(int pid) {
            return true;
        }

        @Override
        public boolean tracesAny() {
            return true;
        }

        @Override
        public void stop() {
        }

        @Override
        public Next next(Event event) throws IOException {
            return Next.END;
        }

        @Override
        public void close() {
        }
    }
}
