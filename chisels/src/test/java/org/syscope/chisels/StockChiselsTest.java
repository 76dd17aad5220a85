package org.syscope.chisels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Our own set is complete, listed and describes itself. */
class StockChiselsTest {
    private static final Set<String> EXPECTED = Set.of("around", "bottlenecks", "echo_fds", "fdbytes_by", "fdcount_by",
            "fdtime_by", "fileslower", "flame", "httplog", "httptop", "iobytes", "iobytes_file", "iobytes_net",
            "list_login_shells", "lscontainers", "lsof", "memcachelog", "netlower", "netstat", "proc_exec_time", "ps",
            "scallslower", "shellshock_detect", "spectrogram", "spy_file", "spy_ip", "spy_logs", "spy_port", "spy_syslog",
            "spy_users", "stderr", "stdin", "stdout", "subsecoffset", "topconns", "topcontainers_cpu", "topcontainers_error",
            "topcontainers_file", "topcontainers_net", "topfiles_bytes", "topfiles_errors", "topfiles_time", "topports_server",
            "topprocs_cpu", "topprocs_errors", "topprocs_file", "topprocs_net", "topscalls", "topscalls_time", "udp_extract",
            "errors", "slow", "procs_tree", "files_touched", "syscalls_latency", "dns", "http", "who_killed");

    private final ChiselLibrary library = new ChiselLibrary(new ChiselPath(List.of(), List.of()));

    @Test
    void theIndexNamesEveryScriptThereIs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/chisels"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".lua"))
                    .map(name -> name.substring(0, name.length() - 4)).sorted().toList();
            assertThat(ChiselPath.stockNames()).isEqualTo(names);
        }
    }

    @Test
    void everyChiselLoadsAndDescribesItself() throws ChiselException {
        List<String> problems = new ArrayList<>();
        List<ChiselInfo> chisels = library.list(problems::add);
        assertThat(problems).isEmpty();
        assertThat(chisels).filteredOn(chisel -> !chisel.hidden()).extracting(ChiselInfo::name)
                .containsExactlyInAnyOrderElementsOf(EXPECTED);
        assertThat(chisels).filteredOn(ChiselInfo::hidden).extracting(ChiselInfo::name).containsExactly("table_generator");
        assertThat(chisels).allSatisfy(chisel -> {
            assertThat(chisel.description()).isNotBlank();
            assertThat(chisel.shortDescription()).isNotBlank().hasSizeLessThan(64);
            assertThat(chisel.category()).isNotBlank();
            assertThat(chisel.arguments()).allSatisfy(argument -> assertThat(argument.description()).isNotBlank());
        });
    }

    @Test
    void theListGroupsByCategory() throws ChiselException {
        String list = ChiselListing.all(library.list(problem -> {
        }));
        assertThat(list).startsWith("\nCategory: Application\n---------------------\nhttp ")
                .contains("\ntopcontainers_cpu\n                Containers by CPU time\n")
                .doesNotContain("table_generator");
        assertThat(list.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    }

    @Test
    void aDescriptionListsTheArguments() throws ChiselException {
        assertThat(ChiselListing.describe(library.describe("fdcount_by")))
                .contains("\nArgs:\n[string] key - the field to group by\n\n");
        assertThat(ChiselListing.describe(library.describe("topconns"))).endsWith("\nArgs:\n(None)\n");
    }
}
