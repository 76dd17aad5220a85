package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The classic eBPF driver: wants Linux 4.14 and a probe that was compiled for the running kernel. */
public final class ClassicKind implements DriverKind {

    private final Path file;
    private final Map<String, String> environment;

    /**
     * The driver with a probe.
     *
     * @param file the probe; null for the default place, see {@link ProbeBuilder#defaultPlace}
     * @param environment the process's variables, of which HOME is used where {@code file} is null
     */
    public ClassicKind(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return "bpf";
    }

    @Override
    public String refusal() {
        try {
            ClassicProbe.find(file, environment);
            return null;
        } catch (DriverException e) {
            return e.getMessage() + (e.hint().isEmpty() ? "" : "; " + e.hint());
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public Driver open(DriverOptions options) throws IOException {
        return ClassicDriver.open(options, ClassicProbe.find(file, environment));
    }
}
