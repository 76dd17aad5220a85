package org.syscope.capture.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls that syscope makes, each with its number on x86_64 and on aarch64
 * (kernel: {@code arch/x86/entry/syscalls/syscall_64.tbl}, {@code include/uapi/asm-generic/unistd.h}).
 *
 * <p>All go through one downcall handle on libc's {@code syscall(2)}, linked when the first call is made: each further
 * shape of a downcall would cost milliseconds of start-up. A call allocates nothing after a thread's first one.
 *
 * <p>Arguments are plain 64-bit values. A pointer is the {@link MemorySegment#address()} of native memory that the
 * caller keeps alive until the call returns.
 */
public enum SystemCall {
    /** read(2). */
    READ(0, 63),
    /** write(2). */
    WRITE(1, 64),
    /** close(2). */
    CLOSE(3, 57),
    /** mmap(2). */
    MMAP(9, 222),
    /** munmap(2). */
    MUNMAP(11, 215),
    /** ioctl(2). */
    IOCTL(16, 29),
    /** getpid(2). */
    GETPID(39, 172),
    /** socket(2). */
    SOCKET(41, 198),
    /** getuid(2). */
    GETUID(102, 174),
    /** getgid(2). */
    GETGID(104, 176),
    /** getppid(2). */
    GETPPID(110, 173),
    /** kill(2). */
    KILL(62, 129),
    /** rt_sigprocmask(2): signals that the calling thread blocks. */
    RT_SIGPROCMASK(14, 135),
    /** getpriority(2); the bare call gives 20 less the nice value. */
    GETPRIORITY(140, 141),
    /** setpriority(2). */
    SETPRIORITY(141, 140),
    /** prctl(2). */
    PRCTL(157, 167),
    /** delete_module(2). */
    DELETE_MODULE(176, 106),
    /** gettid(2). */
    GETTID(186, 178),
    /** sched_setaffinity(2). */
    SCHED_SETAFFINITY(203, 122),
    /** sched_getaffinity(2); the bare call gives the bytes of the mask. */
    SCHED_GETAFFINITY(204, 123),
    /** getdents64(2). */
    GETDENTS64(217, 61),
    /** clock_gettime(2). */
    CLOCK_GETTIME(228, 113),
    /** epoll_ctl(2). */
    EPOLL_CTL(233, 21),
    /** openat(2). */
    OPENAT(257, 56),
    /** readlinkat(2). */
    READLINKAT(267, 78),
    /** epoll_pwait(2), which both architectures have, unlike epoll_wait(2). */
    EPOLL_PWAIT(281, 22),
    /** eventfd2(2). */
    EVENTFD2(290, 19),
    /** epoll_create1(2). */
    EPOLL_CREATE1(291, 20),
    /** dup3(2). */
    DUP3(292, 24),
    /** perf_event_open(2). */
    PERF_EVENT_OPEN(298, 241),
    /** prlimit64(2). */
    PRLIMIT64(302, 261),
    /** getcpu(2). */
    GETCPU(309, 168),
    /** finit_module(2). */
    FINIT_MODULE(313, 273),
    /** bpf(2). */
    BPF(321, 280),
    /** statx(2). */
    STATX(332, 291);

    private final int number;

    SystemCall(int x86, int arm) {
        this.number = Machine.ARM ? arm : x86;
    }

    /** {@return the number of this call on the machine that runs} */
    public int number() {
        return number;
    }

    /** {@return the result, or the negative errno} */
    public long call() {
        return call(0, 0, 0, 0, 0, 0);
    }

    /**
     * Makes the call with one argument.
     *
     * @param a first argument
     * @return the result, or the negative errno
     */
    public long call(long a) {
        return call(a, 0, 0, 0, 0, 0);
    }

    /**
     * Makes the call with two arguments.
     *
     * @param a first argument
     * @param b second argument
     * @return the result, or the negative errno
     */
    public long call(long a, long b) {
        return call(a, b, 0, 0, 0, 0);
    }

    /**
     * Makes the call with three arguments.
     *
     * @param a first argument
     * @param b second argument
     * @param c third argument
     * @return the result, or the negative errno
     */
    public long call(long a, long b, long c) {
        return call(a, b, c, 0, 0, 0);
    }

    /**
     * Makes the call.
     *
     * @param a first argument
     * @param b second argument
     * @param c third argument
     * @param d fourth argument
     * @param e fifth argument
     * @param f sixth argument
     * @return the result, or the negative errno (-1 to -4095)
     */
    public long call(long a, long b, long c, long d, long e, long f) {
        MemorySegment state = CallState.OF_THREAD.get();
        long result;
        try {
            result = (long) Libc.SYSCALL.invokeExact(state, (long) number, a, b, c, d, e, f);
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
        // The functions above all return -1 and set errno; no call listed here has -1 as a good result.
        return result == -1 ? -state.get(ValueLayout.JAVA_INT, 0) : result;
    }

    /** The machine; asked by the constructors above, so it cannot be a field of the enum itself. */
    private static final class Machine {
        static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
    }

    private static final class CallState {
        static final ThreadLocal<MemorySegment> OF_THREAD =
                ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));
    }

    /** Holds the handle, so that it is linked by the first call and not when a constant of the enum is named. */
    private static final class Libc {
        static final MethodHandle SYSCALL = link();

        private static MethodHandle link() {
            ValueLayout word = ValueLayout.JAVA_LONG;
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                    Linker.Option.firstVariadicArg(1),
                    Linker.Option.captureCallState("errno"));
        }
    }
}
