package org.syscope.capture.procfs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the real /proc and compares with what ls and the JDK say of the same processes. */
final class ProcSystemIT {

    private static final long SCAN_LIMIT_NANOS = 5_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void agreesWithLsAboutAHelpersFds() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("data.txt"), "x");
        Process helper = new ProcessBuilder("sh", "-c", "exec 7<\"$1\" 8<\"$2\" 9>>\"$1\"; echo ready; exec cat", "sh",
                file.toString(), directory.toString()).directory(directory.toFile()).start();
        try (ProcSystem system = ProcSystem.of(Map.of(), false)) {
            assertThat(helper.inputReader().readLine()).isEqualTo("ready");
            while (!Files.readString(Path.of("/proc/" + helper.pid() + "/comm")).equals("cat\n")) {
                Thread.onSpinWait();
            }
            SystemState state = new SystemState(system);
            long start = System.nanoTime();
            system.scan(state);
            assertThat(System.nanoTime() - start).isLessThan(SCAN_LIMIT_NANOS);
            ThreadInfo thread = state.threads().get(helper.pid());
            assertThat(thread.comm).hasToString("cat");
            assertThat(thread.ptid).isEqualTo(ProcessHandle.current().pid());
            assertThat(thread.cwd()).hasToString(directory.toRealPath() + "/");
            assertThat(thread.exepath).hasToString(Path.of("/proc/" + helper.pid() + "/exe").toRealPath().toString());
            assertThat(thread.fd(7).openFlags & 3).isEqualTo(1);
            assertThat(thread.fd(9).openFlags & 3).isEqualTo(2);
            assertThat(thread.fd(8).type).isEqualTo(FdType.DIRECTORY);
            Process ls = new ProcessBuilder("ls", "-l", "/proc/" + helper.pid() + "/fd").start();
            String listing = new String(ls.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int compared = 0;
            for (String line : listing.split("\n")) {
                int arrow = line.indexOf(" -> ");
                if (arrow < 0) {
                    continue;
                }
                long number = Long.parseLong(line.substring(line.lastIndexOf(' ', arrow - 1) + 1, arrow));
                assertThat(thread.fd(number).name).hasToString(line.substring(arrow + 4));
                compared++;
            }
            assertThat(compared).isEqualTo(thread.fds().size()).isGreaterThanOrEqualTo(6);
        } finally {
            helper.destroy();
            helper.waitFor();
        }
    }

    @Test
    void findsThisProcessItsThreadsAndBothEndsOfAConnection() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ProcSystem system = ProcSystem.of(Map.of(), false);
                ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                Socket accepted = server.accept()) {
            SystemState state = new SystemState(system);
            system.scan(state);
            ThreadInfo self = state.threads().get(ProcessHandle.current().pid());
            assertThat(self.args.parts()).isNotEmpty();
            assertThat(state.threads().threadsOf(self.pid)).isGreaterThan(2);
            String name = "127.0.0.1:" + client.getLocalPort() + "->127.0.0.1:" + server.getLocalPort();
            int[] ends = new int[2];
            self.fds().forEach((number, info) -> {
                if (info.name.toString().equals(name)) {
                    ends[info.role() == FdInfo.Role.SERVER ? 0 : 1]++;
                }
            });
            assertThat(ends).containsExactly(1, 1);
            assertThat(accepted.isConnected()).isTrue();
            assertThat(state.machine().cpus()).isPositive();
            assertThat(state.interfaces().ipv4()).anyMatch(address -> address.address() == 0x7f000001);
            assertThat(state.users().user(Text.EMPTY, 0).name()).hasToString("root");
        }
    }
}
