package org.syscope.capture.procfs;

import org.syscope.capture.event.Text;
import org.syscope.capture.state.MachineInfo;

/** Reads from /proc what is known of the machine as a whole. */
final class MachineReader {

    private static final long SECOND = 1_000_000_000L;

    private MachineReader() {
    }

    static MachineInfo read(ProcFiles files, int proc) {
        int cpus = 0;
        long bootTime = 0;
        int length = files.read(proc, "stat");
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (!scanner.word()) {
                continue;
            }
            if (scanner.is("btime") && scanner.word()) {
                bootTime = scanner.number(10) * SECOND;
            } else if (scanner.length() > 3 && scanner.text().toString().startsWith("cpu")) {
                cpus++;
            }
        }
        long memory = 0;
        length = files.read(proc, "meminfo");
        scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (scanner.word() && scanner.is("MemTotal:") && scanner.word()) {
                memory = scanner.number(10) << 10;
                break;
            }
        }
        return new MachineInfo(cpus, memory, number(files, proc, "sys/kernel/pid_max"),
                word(files, proc, "sys/kernel/hostname"), bootTime, 0);
    }

    private static long number(ProcFiles files, int proc, String path) {
        int length = files.read(proc, path);
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        return scanner.line() && scanner.word() ? scanner.number(10) : 0;
    }

    private static Text word(ProcFiles files, int proc, String path) {
        int length = files.read(proc, path);
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        return scanner.line() && scanner.word() ? scanner.text() : Text.EMPTY;
    }
}
