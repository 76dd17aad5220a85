package org.syscope.capture.driver;

import java.io.IOException;

/** One of the kinds of driver that there are, as this machine may be able to run it. Loads and builds nothing itself. */
public interface DriverKind {

    /** The name that {@code --driver} takes: {@code universal}, {@code bpf} or {@code kmod}. */
    String name();

    /**
     * What can be seen without trying: whether this machine has what the driver needs.
     *
     * @return why the driver cannot be used and what to do about it, one line; null if it is worth a try
     */
    String refusal();

    /**
     * Opens the driver; events are counted from the return of this call.
     *
     * @throws DriverException if this machine forbids it, with what to do about it
     */
    Driver open(DriverOptions options) throws IOException;
}
