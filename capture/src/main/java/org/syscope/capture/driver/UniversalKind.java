package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.syscope.capture.linux.KernelVersion;

/** The universal eBPF driver: wants Linux 5.8 and a kernel that describes its types. */
public final class UniversalKind implements DriverKind {

    private static final Path TYPES = Path.of("/sys/kernel/btf/vmlinux");
    private static final int MAJOR = 5;
    private static final int MINOR = 8;

    @Override
    public String name() {
        return "universal";
    }

    @Override
    public String refusal() {
        try {
            KernelVersion version = KernelVersion.running();
            return refusal(version, Files.exists(TYPES));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    static String refusal(KernelVersion version, boolean types) {
        if (!version.atLeast(MAJOR, MINOR)) {
            return "it needs Linux " + MAJOR + "." + MINOR + ", this is " + version;
        }
        return types ? null : "this kernel does not describe its types: " + TYPES + " is missing (CONFIG_DEBUG_INFO_BTF)";
    }

    @Override
    public Driver open(DriverOptions options) throws IOException {
        return UniversalDriver.open(options);
    }
}
