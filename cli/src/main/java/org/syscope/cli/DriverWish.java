package org.syscope.cli;

import java.util.List;
import java.util.Map;

/**
 * Which driver is asked for.
 *
 * @param name {@code universal}, {@code bpf}, {@code kmod} or {@code auto}; null where nothing was said
 * @param probe file of the bpf driver's probe; null for the default place
 */
record DriverWish(String name, String probe) {

    static final String AUTO = "auto";
    static final String UNIVERSAL = "universal";
    static final String CLASSIC = "bpf";
    static final String MODULE = "kmod";

    private static final List<String> NAMES = List.of(UNIVERSAL, CLASSIC, MODULE, AUTO);
    /** sysdig's: when it is set, even to nothing, the bpf driver is wanted; its value is the probe's file. */
    private static final String PROBE = "SYSDIG_BPF_PROBE";

    /**
     * Understands what a command line asks for.
     *
     * @throws UsageException if options name different drivers, or one that does not exist
     */
    static DriverWish of(Settings settings) throws UsageException {
        String name = settings.value(Option.DRIVER);
        String option = "--driver " + name;
        if (name != null && !NAMES.contains(name)) {
            throw new UsageException("--driver: '" + name + "' is none of " + String.join(", ", NAMES));
        }
        if (settings.has(Option.MODERN_BPF)) {
            name = agreed(name, option, UNIVERSAL, "--modern-bpf");
            option = "--modern-bpf";
        }
        if (settings.has(Option.BPF)) {
            name = agreed(name, option, CLASSIC, "-B");
        }
        return new DriverWish(name, settings.value(Option.BPF));
    }

    private static String agreed(String earlier, String earlierOption, String name, String option) throws UsageException {
        if (earlier != null && !earlier.equals(name)) {
            throw new UsageException(earlierOption + " and " + option + " ask for different drivers: give one of them");
        }
        return name;
    }

    /** The same where the process's variables say what the command line does not. */
    DriverWish in(Map<String, String> environment) {
        String variable = environment.get(PROBE);
        String file = probe == null && variable != null && !variable.isEmpty() ? variable : probe;
        if (name != null) {
            return new DriverWish(name, file);
        }
        return new DriverWish(variable == null ? AUTO : CLASSIC, file);
    }
}
