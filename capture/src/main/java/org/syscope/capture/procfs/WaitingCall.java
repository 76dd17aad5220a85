package org.syscope.capture.procfs;

import java.util.Arrays;

/**
 * A call in which a thread waits, as {@code /proc/TID/syscall} shows it: {@code 0 0x3 0x7ffd8 ... stack instruction}, or
 * {@code running}, or {@code -1 stack instruction} outside of calls, or nothing but zeros in a kernel thread (kernel:
 * {@code proc_pid_syscall} in fs/proc/base.c).
 *
 * @param number the kernel's number of the call, of a 32-bit program that of the 32-bit call
 * @param arguments the six registers of its arguments
 */
public record WaitingCall(int number, long[] arguments) {

    private static final int ARGUMENTS = 6;
    private static final int MAX_NUMBER = 4096;

    static WaitingCall read(ProcFiles files, int proc, long tid) {
        int length = files.readOnce(proc, tid + "/syscall");
        return parse(files.bytes(), length);
    }

    /** Understands the file's content; null if the thread waits in no call. */
    static WaitingCall parse(byte[] bytes, int length) {
        ByteScanner scanner = new ByteScanner(bytes, length);
        if (!scanner.line() || !scanner.word() || scanner.is("running")) {
            return null;
        }
        long number = scanner.number(10);
        long[] arguments = new long[ARGUMENTS];
        for (int i = 0; i < ARGUMENTS; i++) {
            if (!scanner.word() || scanner.length() < 3) {
                return null;
            }
            arguments[i] = scanner.hex(2, Long.BYTES * 2);
        }
        boolean kernelThread = !scanner.word() || scanner.hex(2, Long.BYTES * 2) == 0;
        return kernelThread || number < 0 || number > MAX_NUMBER ? null : new WaitingCall((int) number, arguments);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WaitingCall call && number == call.number && Arrays.equals(arguments, call.arguments);
    }

    @Override
    public int hashCode() {
        return 31 * number + Arrays.hashCode(arguments);
    }

    @Override
    public String toString() {
        return number + " " + Arrays.toString(arguments);
    }
}
