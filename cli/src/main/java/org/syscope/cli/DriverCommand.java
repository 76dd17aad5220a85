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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String USE = "driver takes one of "
            + Stream.of(DriverVerb.values()).map(DriverVerb::usage).collect(Collectors.joining(", "));
    /** What can be built. */
    static final List<String> KINDS = List.of(DriverWish.CLASSIC, DriverWish.MODULE);

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
        if (Program.asksForHelp(words)) {
            out.write(help().getBytes(StandardCharsets.UTF_8));
            return Program.OK;
        }
        DriverVerb verb = words.isEmpty() ? null : DriverVerb.of(words.getFirst());
        if (verb == null) {
            throw new UsageException(USE);
        }
        List<String> rest = words.subList(1, words.size());
        switch (verb) {
            case BUILD -> build(rest);
            case LOAD -> load(rest);
            case UNLOAD -> {
                none(rest);
                KernelModule.unload();
                say("the kernel module is unloaded");
            }
            case STATUS -> {
                none(rest);
                return new DriverStatus(environment).print(out) ? Program.OK : Program.FAILURE;
            }
            default -> throw new IllegalStateException(verb.word());
        }
        return Program.OK;
    }

    private static String help() {
        StringBuilder text = new StringBuilder("Usage: syscope driver VERB\n");
        for (DriverVerb verb : DriverVerb.values()) {
            text.append("  ").append(verb.usage()).append("\n      ").append(verb.description()).append('\n');
        }
        for (DriverOption option : DriverOption.values()) {
            text.append("  ").append(option.letter() == '\0' ? "" : "-" + option.letter() + ", ").append("--")
                    .append(option.longName()).append('=').append(option.label()).append("\n      ").append(option.description())
                    .append('\n');
        }
        return text.toString();
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
        WordSplitter<DriverOption> splitter = new WordSplitter<>(DriverOption.all());
        splitter.split(words);
        for (WordSplitter.Given<DriverOption> given : splitter.options()) {
            if (given.option() == DriverOption.KERNEL_DIR) {
                headers = Path.of(given.value());
            } else {
                output = Path.of(given.value());
            }
        }
        for (CommandWords.Word word : splitter.words()) {
            if (!KINDS.contains(word.text())) {
                throw new UsageException("driver build: '" + word.text() + "' is neither bpf nor kmod");
            }
            kinds.add(word.text());
        }
        if (kinds.isEmpty()) {
            kinds.addAll(KINDS);
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
