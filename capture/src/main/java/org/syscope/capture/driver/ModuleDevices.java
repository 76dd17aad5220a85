package org.syscope.capture.driver;

import java.lang.foreign.Arena;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.SystemCall;

/** The devices of the kernel module, one for each CPU: {@code /dev/syscope0} and so on. */
interface ModuleDevices {

    /** Path of the first device, which is there as long as the module is loaded. */
    String FIRST = "/dev/syscope0";

    /**
     * Opens the device of a CPU for reading and writing.
     *
     * @throws ErrnoException if it is missing, or not for this user
     */
    Fd open(int cpu) throws ErrnoException;

    /** Makes a request; returns the answer, or the negative errno. */
    long request(Fd device, long request, long argument);

    /** Those of the running kernel. */
    static ModuleDevices real() {
        return new ModuleDevices() {
            private static final int READ_WRITE_CLOSE_ON_EXEC = 2 | 0x80000;
            private static final int WORKING_FOLDER = -100;

            @Override
            public Fd open(int cpu) throws ErrnoException {
                try (Arena arena = Arena.ofConfined()) {
                    String path = "/dev/syscope" + cpu;
                    return new Fd((int) ErrnoException.check(SystemCall.OPENAT.call(WORKING_FOLDER,
                            arena.allocateFrom(path).address(), READ_WRITE_CLOSE_ON_EXEC), path));
                }
            }

            @Override
            public long request(Fd device, long request, long argument) {
                return SystemCall.IOCTL.call(device.number(), request, argument);
            }
        };
    }
}
