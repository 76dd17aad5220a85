package org.syscope.cli;

import java.util.BitSet;
import org.syscope.capture.driver.DriverOptions;
import org.syscope.filters.eval.Filter;

/** What a command line asks of a driver. */
final class DriverRequest {

    private DriverRequest() {
    }

    /**
     * The driver's options for a command line.
     *
     * @param filter of the run; null if there is none
     */
    static DriverOptions of(Settings settings, Filter filter) {
        DriverOptions defaults = DriverOptions.defaults();
        BitSet exits = defaults.exits();
        if (settings.has(Option.PAGE_FAULTS)) {
            exits.set(DriverOptions.PAGE_FAULT_USER);
            exits.set(DriverOptions.PAGE_FAULT_KERNEL);
        }
        return new DriverOptions(defaults.bufferBytes(), settings.cpusPerBuffer(),
                settings.snaplen() < 0 ? defaults.snaplen() : settings.snaplen(), exits, defaults.enters(),
                defaults.latency(), defaults.arguments(), settings.command() != null);
    }
}
