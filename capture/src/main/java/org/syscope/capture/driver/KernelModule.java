package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.SystemCall;

/** Loads and unloads the kernel module, and says in words why the kernel would not. */
public final class KernelModule {

    private static final String NAME = "syscope";
    private static final Path LOADED = Path.of("/sys/module", NAME);
    private static final int WORKING_FOLDER = -100;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int DO_NOT_WAIT = 0x800;

    private KernelModule() {
    }

    /** Whether it is loaded, whichever version. */
    public static boolean isLoaded() {
        return Files.exists(LOADED);
    }

    /**
     * Loads it.
     *
     * @param module as {@link ModuleBuilder} made it
     * @param running the running kernel's release
     * @throws DriverException if the module was built for another kernel or the kernel refuses it, with what to do
     */
    public static void load(ModuleFile module, String running) throws IOException {
        if (!module.release().equals(running)) {
            throw new DriverException("kernel module: " + module.file() + " was built for "
                    + (module.release().isEmpty() ? "an unknown kernel" : module.release()) + ", this is " + running,
                    "build it anew: syscope driver build kmod", "", null);
        }
        long result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(module.file().toString());
            try (Fd file = new Fd((int) ErrnoException.check(
                    SystemCall.OPENAT.call(WORKING_FOLDER, path.address(), CLOSE_ON_EXEC), module.file().toString()))) {
                result = SystemCall.FINIT_MODULE.call(file.number(), arena.allocateFrom("").address(), 0);
            } catch (ErrnoException e) {
                throw new DriverException("kernel module: " + e.getMessage(), "", "", e);
            }
        }
        if (result < 0) {
            throw notLoaded(module.file(), Errno.of(result));
        }
    }

    /**
     * Loads a module from where it is installed; a compressed one through modprobe(8).
     *
     * @param file as {@link ModuleFile#installed} found it
     * @param running the running kernel's release
     * @throws DriverException as {@link #load} does
     */
    public static void loadInstalled(Path file, String running) throws IOException {
        if (file.toString().endsWith(".ko")) {
            load(ModuleFile.read(file), running);
            return;
        }
        Process modprobe = new ProcessBuilder("modprobe", NAME).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile()).start();
        String words = new String(modprobe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (modprobe.waitFor() != 0) {
                throw words.contains("Key was rejected") || words.contains("Required key not available")
                        ? notLoaded(file, new Errno(Errno.EKEYREJECTED))
                        : new DriverException("kernel module: " + words.lines().findFirst().orElse("modprobe failed"),
                                "dmesg may say more", "", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while modprobe ran", e);
        }
    }

    static DriverException notLoaded(Path file, Errno errno) {
        String what = "kernel module: " + file + " cannot be loaded: " + errno.name();
        return switch (errno.code()) {
            case Errno.EEXIST -> new DriverException("kernel module: it is loaded already",
                    "another one takes its place: syscope driver unload, then load", "", null);
            case Errno.EKEYREJECTED, Errno.ENOKEY -> new DriverException(what
                    + ": Secure Boot is on, and the module is not signed by a key that this machine trusts",
                    "sign it and enrol the key (mokutil --import), as kmod-src/README.md tells, or use the universal driver", "",
                    null);
            case Errno.EPERM -> new DriverException(what, "run it with sudo (CAP_SYS_MODULE); if that does not help, the kernel "
                    + "is locked down or kernel.modules_disabled is set", "", null);
            case Errno.ENOEXEC, Errno.EINVAL -> new DriverException(what + ": it does not fit this kernel (dmesg says more)",
                    "build it anew: syscope driver build kmod", "", null);
            case Errno.ENOENT -> new DriverException(what + ": this kernel lacks something that it calls (dmesg says what)",
                    "build it anew: syscope driver build kmod", "", null);
            case Errno.ENOSYS -> new DriverException(what + ": this kernel was built without modules",
                    "use the universal driver", "", null);
            default -> new DriverException(what, "dmesg may say more", "", null);
        };
    }

    /**
     * Unloads it.
     *
     * @throws DriverException if it is not loaded or in use, or this user may not
     */
    public static void unload() throws DriverException {
        long result;
        try (Arena arena = Arena.ofConfined()) {
            result = SystemCall.DELETE_MODULE.call(arena.allocateFrom(NAME).address(), DO_NOT_WAIT);
        }
        if (result < 0) {
            throw notUnloaded(Errno.of(result));
        }
    }

    static DriverException notUnloaded(Errno errno) {
        return switch (errno.code()) {
            case Errno.ENOENT -> new DriverException("kernel module: it is not loaded", "", "", null);
            case Errno.EAGAIN, Errno.EBUSY -> new DriverException("kernel module: it is in use",
                    "end the captures that use it first", "", null);
            case Errno.EPERM -> new DriverException("kernel module: it cannot be unloaded: " + errno.name(),
                    "run it with sudo (CAP_SYS_MODULE)", "", null);
            case Errno.ENOSYS -> new DriverException("kernel module: this kernel was built without modules", "", "", null);
            default -> new DriverException("kernel module: it cannot be unloaded: " + errno.name(), "", "", null);
        };
    }
}
