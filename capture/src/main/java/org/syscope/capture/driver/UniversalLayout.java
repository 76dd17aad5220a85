package org.syscope.capture.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.event.StateChanges;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.linux.Mapping;

/**
 * The values that the universal driver's programs and this process share, little endian and naturally aligned. Source:
 * {@code bpf-src/shared/interface.h}.
 *
 * <pre>
 * struct syscope_settings                       struct syscope_cpu, one for each possible CPU
 *   0  u64 boot_epoch_ns                          0  u64 seen
 *   8  u64 ring_flags                             8  u64 sent
 *  16  u32 tracer_tgid                           16  u64 lost[4]: ring full, too large, no program, no ring
 *  20  u32 flags                                 48  u64 unreadable
 *  24  u32 snaplen                               56  u64 no_enter
 *  28  u32 page_shift                            64  u64 pending, pending_since: lost since the last event sent
 *  32  u8  interest[512], by PPM_SC code         80  u64 untraced, unnoted: lost as a map was full
 * 544  u64 mono_epoch_ns                         96  u64 muted: calls left out; reserved[3]
 * 552                                           128
 *
 * struct syscope_thread, by tid
 *   0  u64 enter_ns, 0: not in a call
 *   8  u32 nr
 *  12  u32 PPM_SC code
 *  16  u64 saved[2]
 * </pre>
 */
final class UniversalLayout {

    /** Bytes of a ring of the programs' own in front of its data: the two positions, a page of 4096 bytes each. */
    static final int OWN_RING_HEAD = 2 * 4096;
    /** And behind it: room for a record that goes over the end. */
    static final int OWN_RING_SLACK = 0x21000;

    private static final long SETTINGS_SIZE = 552;
    private static final int INTEREST = 32;
    private static final int INTEREST_SIZE = 512;
    private static final int MONO_EPOCH = INTEREST + INTEREST_SIZE;
    private static final int MAX_SNAPLEN = 60_000;
    private static final long NO_WAKEUP = 1;
    private static final int ONLY_TRACED = 1;
    private static final int LATENCY = 2;
    private static final int ARGUMENTS = 4;
    private static final int MUTES = 8;
    private static final int FLAGS = 20;
    private static final byte WANT_EXIT = 1;
    private static final byte WANT_ENTER = 2;
    private static final byte CHANGES_STATE = 4;
    private static final byte OPENS = 8;
    /** Bytes of a CPU's counters, struct syscope_cpu. */
    static final long CPU_SIZE = 128;
    private static final long SENT = 8;
    private static final long NO_RING = 40;
    private static final long PENDING = 64;
    private static final long PENDING_SINCE = 72;
    private static final long UNTRACED = 80;
    private static final long UNNOTED = 88;
    private static final long MUTED = 96;

    private UniversalLayout() {
    }

    static MemorySegment settings(Arena arena, DriverOptions options, long bootEpoch, long monoEpoch) {
        MemorySegment value = arena.allocate(SETTINGS_SIZE, Long.BYTES);
        value.set(ValueLayout.JAVA_LONG, 0, bootEpoch);
        value.set(ValueLayout.JAVA_LONG, MONO_EPOCH, monoEpoch);
        value.set(ValueLayout.JAVA_LONG, 8, NO_WAKEUP);
        value.set(ValueLayout.JAVA_INT, 16, options.tracer());
        value.set(ValueLayout.JAVA_INT, FLAGS, (options.onlyTraced() ? ONLY_TRACED : 0)
                | (options.latency() ? LATENCY : 0) | (options.arguments() ? ARGUMENTS : 0));
        value.set(ValueLayout.JAVA_INT, 24, Math.min(options.snaplen(), MAX_SNAPLEN));
        value.set(ValueLayout.JAVA_INT, 28,
                Integer.numberOfTrailingZeros(Mapping.pageSize()));
        for (int code = 0; code < INTEREST_SIZE; code++) {
            byte wanted = (byte) ((options.exits().get(code) ? WANT_EXIT : 0) | (options.enters().get(code) ? WANT_ENTER : 0));
            value.set(ValueLayout.JAVA_BYTE, INTEREST + code, wanted);
        }
        add(value, DriverOptions.IO_URING_ENTER, OPENS);
        return value;
    }

    /** Adds to settings that threads may be muted, and which calls are reported of them nevertheless. */
    static MemorySegment withMutes(MemorySegment settings) {
        settings.set(ValueLayout.JAVA_INT, FLAGS, settings.get(ValueLayout.JAVA_INT, FLAGS) | MUTES);
        for (Syscall call : SyscallTable.all()) {
            if (call.code() < INTEREST_SIZE && StateChanges.by(call)) {
                add(settings, call.code(), CHANGES_STATE);
            }
        }
        return settings;
    }

    private static void add(MemorySegment settings, int code, byte interest) {
        byte wanted = settings.get(ValueLayout.JAVA_BYTE, INTEREST + code);
        settings.set(ValueLayout.JAVA_BYTE, INTEREST + code, (byte) (wanted | interest));
    }

    /** The call that a value of the map "threads" tells of; null if the thread is in none. */
    static CallInFlight inFlight(int tid, MemorySegment value, long now) {
        long since = value.get(ValueLayout.JAVA_LONG, 0);
        return since == 0 ? null : new CallInFlight(tid, since, Math.max(0, now - since), value.get(ValueLayout.JAVA_INT, 8),
                value.get(ValueLayout.JAVA_INT, 12));
    }

    static DriverStatistics statistics(MemorySegment counters, int cpus) {
        long[] sums = new long[8];
        long[] lost = new long[cpus];
        long untraced = 0;
        long unnoted = 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            long base = cpu * CPU_SIZE;
            for (int i = 0; i < sums.length; i++) {
                long value = counters.get(ValueLayout.JAVA_LONG, base + 8L * i);
                sums[i] += value;
                if (i >= 2 && i < 6) {
                    lost[cpu] += value;
                }
            }
            long children = counters.get(ValueLayout.JAVA_LONG, base + UNTRACED);
            long operations = counters.get(ValueLayout.JAVA_LONG, base + UNNOTED);
            lost[cpu] += children + operations;
            untraced += children;
            unnoted += operations;
        }
        return new DriverStatistics(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], untraced, unnoted, sums[6], sums[7],
                lost);
    }

    /** How many events were lost for want of a ring. */
    static long noRing(MemorySegment counters, int cpus) {
        long sum = 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            sum += noRingOf(counters, cpu);
        }
        return sum;
    }

    /** How many events of a CPU were lost for want of a ring. */
    static long noRingOf(MemorySegment counters, int cpu) {
        return counters.get(ValueLayout.JAVA_LONG, cpu * CPU_SIZE + NO_RING);
    }

    /** How many calls of muted threads were left out. */
    static long muted(MemorySegment counters, int cpus) {
        long sum = 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            sum += counters.get(ValueLayout.JAVA_LONG, cpu * CPU_SIZE + MUTED);
        }
        return sum;
    }

    /** How many events of a CPU were sent, as its programs know it. */
    static long sent(MemorySegment counters, int cpu) {
        return counters.get(ValueLayout.JAVA_LONG, cpu * CPU_SIZE + SENT);
    }

    /** How many events a CPU has lost since the last one that it sent: no event in its ring tells of these. */
    static long pending(MemorySegment counters, int cpu) {
        return counters.get(ValueLayout.JAVA_LONG, cpu * CPU_SIZE + PENDING);
    }

    /** Time of the first of these, ns since the epoch. */
    static long pendingSince(MemorySegment counters, int cpu) {
        return counters.get(ValueLayout.JAVA_LONG, cpu * CPU_SIZE + PENDING_SINCE);
    }
}
