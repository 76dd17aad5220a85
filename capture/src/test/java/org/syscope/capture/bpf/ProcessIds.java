package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Calls that only tests make, on the calling thread. */
final class ProcessIds {
    private static final long CAPABILITY_VERSION_3 = 0x20080522L;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle GETGID = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("getgid"), FunctionDescriptor.of(ValueLayout.JAVA_INT));
    private static final MethodHandle CAPSET = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("capset"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

    int getgid() throws Throwable {
        return (int) GETGID.invokeExact();
    }

    /** Leaves the calling thread only the capabilities of a mask. The kernel has them per thread. */
    void keepOnly(long mask) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocateFrom(ValueLayout.JAVA_INT, (int) CAPABILITY_VERSION_3, 0);
            int low = (int) mask;
            int high = (int) (mask >>> 32);
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_INT, low, low, 0, high, high, 0);
            if ((int) CAPSET.invokeExact(header, data) != 0) {
                throw new AssertionError("capset failed");
            }
        }
    }
}
