package org.syscope.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.syscope.capture.driver.DriverException;
import org.syscope.capture.driver.KernelModule;
import org.syscope.capture.driver.ModuleBuilder;
import org.syscope.capture.driver.ModuleFile;
import org.syscope.capture.driver.ProbeBuilder;

/**
 * {@code syscope driver build|load|unload|status}: builds the drivers that are compiled on the machine, loads and unloads the
 * kernel module, and tells what there is. The name of what was built goes to stdout, everything else to stderr.
 */
final class DriverCommand {

    private static final String USE = "syscope driver takes one of build [bpf|kmod] [--kernel-dir DIR] [-o FILE], load [FILE], "
            + "unload, status";
    private static final Path MODULES = Path.of("/lib/modules");

    private final StandardOutput out;
    private final PrintStream err;
    private final Map<String, String> environment;

    DriverCommand(StandardOutput out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /**
     * Does what the words behind {@code driver} say.
     *
     * @return the exit status
     * @throws UsageException if they make no sense
     * @throws DriverException one line: what is missing or was refused, and what to do about it
     */
    int run(List<String> words) throws IOException, UsageException {
        String what = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (what) {
            case "build" -> build(rest);
            case "load" -> load(rest);
            case "unload" -> {
                none(rest);
                KernelModule.unload();
                say("the kernel module is unloaded");
            }
            case "status" -> {
                none(rest);
                return new DriverStatus(environment).print(out) ? Program.OK : Program.FAILURE;
            }
            default -> throw new UsageException(USE);
        }
        return Program.OK;
    }

    private static void none(List<String> words) throws UsageException {
        if (!words.isEmpty()) {
            throw new UsageException(USE);
        }
    }

    private void build(List<String> words) throws IOException, UsageException {
        Path headers = null;
        Path output = null;
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case DriverWish.CLASSIC, DriverWish.MODULE -> kinds.add(word);
                case "--kernel-dir", "-o", "--output" -> {
                    if (++i == words.size()) {
                        throw new UsageException("option " + word + " needs an argument");
                    }
                    if (word.equals("--kernel-dir")) {
                        headers = Path.of(words.get(i));
                    } else {
                        output = Path.of(words.get(i));
                    }
                }
                default -> {
                    if (!word.startsWith("--kernel-dir=") && !word.startsWith("--output=")) {
                        throw new UsageException("syscope driver build: '" + word + "' is neither bpf nor kmod");
                    }
                    Path value = Path.of(word.substring(word.indexOf('=') + 1));
                    headers = word.startsWith("--kernel-dir=") ? value : headers;
                    output = word.startsWith("--output=") ? value : output;
                }
            }
        }
        if (kinds.isEmpty()) {
            kinds.addAll(List.of(DriverWish.CLASSIC, DriverWish.MODULE));
        }
        if (output != null && kinds.size() > 1) {
            throw new UsageException("-o names one file: say which driver it is for, bpf or kmod");
        }
        if (headers != null && !Files.isDirectory(headers)) {
            throw new DriverException("--kernel-dir: there is no folder " + headers,
                    "give the one that /lib/modules/RELEASE/build is", "", null);
        }
        for (String kind : kinds) {
            Path built;
            if (kind.equals(DriverWish.CLASSIC)) {
                say("compiling the probe of the bpf driver ...");
                ProbeBuilder probe = new ProbeBuilder(headers, output, environment);
                built = probe.build();
                probe.warnings().forEach(this::say);
            } else {
                say("compiling the kernel module ...");
                ModuleBuilder module = new ModuleBuilder(headers, output, environment);
                built = module.build();
                module.warnings().forEach(this::say);
            }
            out.write((built + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private void load(List<String> words) throws IOException, UsageException {
        if (words.size() > 1) {
            throw new UsageException(USE);
        }
        String release = DriverStatus.release();
        Path file = words.isEmpty() ? ModuleFile.defaultPlace(release, environment) : Path.of(words.getFirst());
        Optional<Path> installed = ModuleFile.installed(MODULES.resolve(release));
        if (words.isEmpty() && !Files.exists(file) && installed.isPresent()) {
            KernelModule.loadInstalled(installed.get(), release);
            say("the kernel module is loaded: " + installed.get());
        } else {
            KernelModule.load(ModuleFile.read(file), release);
            say("the kernel module is loaded: " + file);
        }
    }

    private void say(String text) {
        err.println("syscope: " + text);
        err.flush();
    }
}
