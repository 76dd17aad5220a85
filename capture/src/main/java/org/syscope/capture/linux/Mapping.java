package org.syscope.capture.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory shared with the kernel through mmap(2) of a descriptor. After {@link #close()} an access throws
 * {@link IllegalStateException} instead of reaching unmapped memory; any thread may use and close it.
 */
public final class Mapping implements AutoCloseable {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;
    private static final int AT_PAGESZ = 6;

    private final Arena arena;
    private final MemorySegment segment;

    private Mapping(Arena arena, MemorySegment segment) {
        this.arena = arena;
        this.segment = segment;
    }

    /**
     * Maps a part of what a descriptor stands for, shared.
     *
     * @param fd the descriptor
     * @param offset first byte, a multiple of the page size
     * @param length in bytes
     * @param writable whether stores are allowed; loads always are
     * @return the mapping
     * @throws ErrnoException if the kernel refuses
     */
    public static Mapping of(Fd fd, long offset, long length, boolean writable) throws ErrnoException {
        int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
        long address = ErrnoException.check(
                SystemCall.MMAP.call(0, length, protection, MAP_SHARED, fd.number(), offset), "mmap");
        Arena arena = Arena.ofShared();
        MemorySegment segment = MemorySegment.ofAddress(address)
                .reinterpret(length, arena, gone -> SystemCall.MUNMAP.call(address, length));
        return new Mapping(arena, writable ? segment : segment.asReadOnly());
    }

    /** {@return the memory, {@code length} bytes; read-only unless mapped writable} */
    public MemorySegment segment() {
        return segment;
    }

    /** {@return the machine's page size in bytes, 4096 on x86_64 and 4096 to 65536 on aarch64} */
    public static int pageSize() {
        return PageSize.VALUE;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private static final class PageSize {
        static final int VALUE = (int) AuxiliaryVector.value(AT_PAGESZ, 4096);
    }
}
