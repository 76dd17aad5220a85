package org.syscope.cli;

import java.util.BitSet;
import java.util.Collection;
import org.syscope.capture.driver.DriverOptions;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.filters.eval.Filter;

/**
 * Events that some fields of other events are made of, beyond those that every run is shown ({@code StateChanges}): too many
 * to ask for where no such field is used.
 */
final class FieldNeeds {

    private FieldNeeds() {
    }

    /**
     * The calls and tracepoints (PPM_SC codes) whose events tell what these fields show at other events.
     *
     * @param fields names of all fields of a run: of its filters, formats and chisels
     */
    static BitSet of(Collection<String> fields) {
        BitSet codes = new BitSet();
        for (String field : fields) {
            switch (field) {
                case "proc.vmsize", "proc.vmrss", "proc.vmswap", "thread.vmsize", "thread.vmrss", "thread.vmsize.b",
                        "thread.vmrss.b" -> {
                    calls(codes, EventCodes.PPME_SYSCALL_BRK_4_X, EventCodes.PPME_SYSCALL_MMAP_X,
                            EventCodes.PPME_SYSCALL_MMAP2_X, EventCodes.PPME_SYSCALL_MUNMAP_X);
                    codes.set(DriverOptions.SCHED_SWITCH);
                }
                case "thread.pfmajor", "thread.pfminor" -> codes.set(DriverOptions.SCHED_SWITCH);
                case "fd.connected" -> calls(codes, EventCodes.PPME_SYSCALL_READ_X, EventCodes.PPME_SYSCALL_WRITE_X,
                        EventCodes.PPME_SYSCALL_READV_X, EventCodes.PPME_SYSCALL_WRITEV_X, EventCodes.PPME_SYSCALL_PREAD_X,
                        EventCodes.PPME_SYSCALL_PWRITE_X, EventCodes.PPME_SYSCALL_PREADV_X,
                        EventCodes.PPME_SYSCALL_PWRITEV_X);
                default -> {
                }
            }
        }
        return codes;
    }

    private static void calls(BitSet codes, int... exitTypes) {
        for (Syscall call : SyscallTable.all()) {
            for (int type : exitTypes) {
                if (call.exitType() == type) {
                    codes.set(call.code());
                }
            }
        }
    }

    /**
     * Whether what a filter says of an event depends on events that it refuses: on their number, or on the time since the
     * one before. Such a filter must be shown every event.
     */
    static boolean counts(Filter filter) {
        return filter.fields().stream().anyMatch(field -> field.isStateful() || field.info().name().equals("evt.num"));
    }
}
