package org.syscope.capture.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Waits until one of several descriptors can be read. A wait allocates nothing. One thread waits; the others may add and
 * remove descriptors meanwhile, but not close this.
 *
 * <pre>
 * struct epoll_event, one per ready descriptor (little endian)
 *             events  data
 *   x86_64    0..3    4..11    12 bytes, packed
 *   aarch64   0..3    8..15    16 bytes
 * </pre>
 */
public final class Epoll implements AutoCloseable {
    private static final int CLOEXEC = 0x80000;
    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int IN = 1;
    private static final boolean PACKED = !"aarch64".equals(System.getProperty("os.arch"));
    private static final int DATA = PACKED ? 4 : 8;
    private static final int STRIDE = PACKED ? 12 : 16;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Fd fd;
    private final Arena arena;
    private final MemorySegment events;
    private final int capacity;

    /**
     * Opens an epoll instance.
     *
     * @param capacity how many ready descriptors one wait can report, at least 1
     * @throws ErrnoException if the kernel refuses
     */
    public Epoll(int capacity) throws ErrnoException {
        this.fd = new Fd((int) ErrnoException.check(SystemCall.EPOLL_CREATE1.call(CLOEXEC), "epoll_create1"));
        this.arena = Arena.ofShared();
        this.events = arena.allocate((long) STRIDE * capacity, 8);
        this.capacity = capacity;
    }

    /**
     * Watches a descriptor for readability.
     *
     * @param watched the descriptor
     * @param token what {@link #token(int)} says when it is ready
     * @throws ErrnoException if the kernel refuses
     */
    public void add(Fd watched, long token) throws ErrnoException {
        control(CTL_ADD, watched, token, "add");
    }

    /**
     * No longer watches a descriptor.
     *
     * @param watched the descriptor
     * @throws ErrnoException if it was not watched
     */
    public void remove(Fd watched) throws ErrnoException {
        control(CTL_DEL, watched, 0, "remove");
    }

    private void control(int operation, Fd watched, long token, String what) throws ErrnoException {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment event = local.allocate(STRIDE, 8);
            event.set(U32, 0, IN);
            event.set(U64, DATA, token);
            ErrnoException.check(
                    SystemCall.EPOLL_CTL.call(fd.number(), operation, watched.number(), event.address(), 0, 0),
                    "epoll_ctl " + what);
        }
    }

    /**
     * Waits. A signal that the JVM handles ends the wait early with 0.
     *
     * @param timeoutMillis at most so many milliseconds; 0 only looks, -1 waits for ever
     * @return how many descriptors are ready, 0 after the time
     * @throws ErrnoException if the kernel refuses
     */
    public int await(int timeoutMillis) throws ErrnoException {
        long ready = SystemCall.EPOLL_PWAIT.call(fd.number(), events.address(), capacity, timeoutMillis, 0, 8);
        if (ready == -Errno.EINTR) {
            return 0;
        }
        return (int) ErrnoException.check(ready, "epoll_pwait");
    }

    /**
     * Which descriptor was ready.
     *
     * @param index 0 to one less than {@link #await(int)} returned
     * @return the token that {@link #add(Fd, long)} was given
     */
    public long token(int index) {
        return events.get(U64, (long) index * STRIDE + DATA);
    }

    @Override
    public void close() {
        fd.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
