package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.bpf.BpfObject;

/**
 * A compiled probe of the classic eBPF driver and what it says of itself: for which kernel it was compiled, from which
 * sources.
 */
public final class ClassicProbe {

    private static final String REBUILD = "build it: syscope driver build bpf";

    private final Path file;
    private final BpfObject object;

    private ClassicProbe(Path file, BpfObject object) {
        this.file = file;
        this.object = object;
    }

    /**
     * Reads a probe and makes sure that it is one for the running kernel and this program.
     *
     * @param file the probe; null for the default place
     * @param environment the process's variables, of which HOME is used where {@code file} is null
     * @throws DriverException one line: there is none, it is damaged, it was built for another kernel or by another
     *     version of this program
     */
    public static ClassicProbe find(Path file, Map<String, String> environment) throws IOException {
        ClassicProbe probe = read(file == null ? ProbeBuilder.defaultPlace(null, environment) : file);
        String running = KernelHeaders.runningRelease();
        if (!probe.release().equals(running)) {
            throw new DriverException("bpf driver: " + probe.file + " was built for " + probe.release() + ", this is "
                    + running, REBUILD, "", null);
        }
        if (!probe.says("identity").equals(ProbeSources.identity())) {
            throw new DriverException("bpf driver: " + probe.file + " was built by another version of syscope", REBUILD, "",
                    null);
        }
        return probe;
    }

    /** Reads a probe for whatever kernel. */
    static ClassicProbe read(Path file) throws IOException {
        try {
            ClassicProbe probe = new ClassicProbe(file, BpfObject.parse("syscope", Files.readAllBytes(file)));
            if (probe.release().isEmpty()) {
                throw new DriverException("bpf driver: " + file + " is no probe of syscope", REBUILD, "", null);
            }
            return probe;
        } catch (NoSuchFileException missing) {
            throw new DriverException("bpf driver: there is no probe " + file, REBUILD, "", missing);
        } catch (BpfException damaged) {
            throw new DriverException("bpf driver: " + file + " is no probe of syscope: " + damaged.getMessage(), REBUILD, "",
                    damaged);
        }
    }

    /** {@return the file} */
    public Path file() {
        return file;
    }

    /** {@return the release of the kernel that it was compiled for} */
    public String release() {
        return says("release");
    }

    /** {@return what one of its sections of text says, or empty} */
    String says(String section) {
        return object.text(section);
    }

    BpfObject object() {
        return object;
    }
}
