package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A built kernel module and what it says of itself: the texts {@code name=value}, each with a NUL behind it, of its section
 * {@code .modinfo}.
 *
 * @param file where it is
 * @param release the kernel that it was built for, as {@code uname -r} has it; empty if it does not say so
 */
public record ModuleFile(Path file, String release) {

    private static final String VERMAGIC = "\0vermagic=";
    private static final String NAME = "\0name=syscope\0";

    /**
     * Where the module of a kernel is put and looked for if nothing else is said: {@code ~/.syscope/RELEASE.ko}.
     *
     * @param release the kernel's, as {@code uname -r} has it
     * @param environment the process's variables, of which HOME is used
     */
    public static Path defaultPlace(String release, Map<String, String> environment) throws IOException {
        String home = environment.getOrDefault("HOME", "");
        if (home.isEmpty()) {
            throw new DriverException("kernel module: the variable HOME is not set, so there is no default place for it",
                    "name the file", "", null);
        }
        return Path.of(home, ".syscope", release + ".ko");
    }

    /**
     * The module as {@code make install}, dkms or a package put it under {@code /lib/modules/RELEASE}, maybe compressed:
     * modprobe(8) loads it.
     */
    public static Optional<Path> installed(Path modules) {
        try (Stream<Path> files = Files.find(modules, 4, (file, attributes) -> attributes.isRegularFile()
                && file.getFileName().toString().matches("syscope\\.ko(\\.(gz|xz|zst))?"))) {
            return files.min(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads what a module says of itself.
     *
     * @throws DriverException if there is no such file, or it is no module of syscope
     */
    public static ModuleFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DriverException("kernel module: there is no " + file, "build it: syscope driver build kmod", "", null);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (!text.startsWith("\u007fELF") || !text.contains(NAME)) {
            throw new DriverException("kernel module: " + file + " is not syscope's", "build it: syscope driver build kmod", "",
                    null);
        }
        int magic = text.indexOf(VERMAGIC);
        String rest = magic < 0 ? "" : text.substring(magic + VERMAGIC.length(), text.indexOf('\0', magic + 1));
        return new ModuleFile(file, rest.split(" ", 2)[0]);
    }
}
