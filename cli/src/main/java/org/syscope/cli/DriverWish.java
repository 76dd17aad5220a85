package org.syscope.cli;

import java.util.List;

/**
 * Which driver a command line asks for.
 *
 * @param name {@code auto}, {@code universal} or {@code kmod}
 */
record DriverWish(String name) {

    static final String AUTO = "auto";
    static final String UNIVERSAL = "universal";
    static final String MODULE = "kmod";

    private static final List<String> NAMES = List.of(UNIVERSAL, MODULE, AUTO);

    /**
     * Understands what is asked for.
     *
     * @throws UsageException if options name different drivers, or one that does not exist
     */
    static DriverWish of(Settings settings) throws UsageException {
        String name = settings.value(Option.DRIVER);
        if (name != null && !NAMES.contains(name)) {
            throw new UsageException("--driver: '" + name + "' is none of " + String.join(", ", NAMES));
        }
        if (settings.has(Option.MODERN_BPF)) {
            if (name != null && !name.equals(UNIVERSAL)) {
                throw new UsageException("--driver " + name + " and --modern-bpf ask for different drivers: give one of them");
            }
            name = UNIVERSAL;
        }
        return new DriverWish(name == null ? AUTO : name);
    }
}
