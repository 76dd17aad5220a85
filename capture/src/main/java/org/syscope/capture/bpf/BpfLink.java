package org.syscope.capture.bpf;

import org.syscope.capture.linux.Fd;

/** A program attached to something; it is detached when this is closed, or when the process ends in any way. */
public final class BpfLink implements AutoCloseable {
    private final String target;
    private final Fd fd;

    BpfLink(String target, Fd fd) {
        this.target = target;
        this.fd = fd;
    }

    /** {@return what the program is attached to} */
    public String target() {
        return target;
    }

    /** {@return the descriptor that keeps it attached} */
    Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
