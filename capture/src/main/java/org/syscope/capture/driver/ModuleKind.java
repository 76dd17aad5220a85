package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel module: wants to be loaded already. */
public final class ModuleKind implements DriverKind {

    private final Path device;

    /** The kind whose module has made this device. */
    ModuleKind(Path device) {
        this.device = device;
    }

    /** The kernel module of this machine. */
    public ModuleKind() {
        this(Path.of(ModuleDevices.FIRST));
    }

    @Override
    public String name() {
        return "kmod";
    }

    @Override
    public String refusal() {
        return Files.exists(device) ? null
                : "the module is not loaded (" + device + " is missing): 'syscope driver load' loads it";
    }

    @Override
    public Driver open(DriverOptions options) throws IOException {
        return ModuleDriver.open(options);
    }
}
