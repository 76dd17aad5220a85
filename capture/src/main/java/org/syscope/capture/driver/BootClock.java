package org.syscope.capture.driver;

import java.util.function.LongSupplier;
import org.syscope.capture.linux.Clock;
import org.syscope.capture.linux.ErrnoException;

/** The clock of the driver's time stamps: CLOCK_BOOTTIME moved to the epoch once, so that clock steps do not show. */
final class BootClock implements LongSupplier {

    private final long bootEpoch;

    /** With what must be added to CLOCK_BOOTTIME, ns. */
    BootClock(long bootEpoch) {
        this.bootEpoch = bootEpoch;
    }

    @Override
    public long getAsLong() {
        try {
            return Clock.BOOTTIME.nanos() + bootEpoch;
        } catch (ErrnoException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
