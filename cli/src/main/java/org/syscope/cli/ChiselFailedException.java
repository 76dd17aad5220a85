package org.syscope.cli;

import java.io.IOException;
import org.syscope.chisels.ChiselException;

/** A chisel failed while events were handled; the cause says how. */
final class ChiselFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final ChiselException chisel;

    ChiselFailedException(ChiselException chisel) {
        super(chisel.getMessage(), chisel);
        this.chisel = chisel;
    }

    /** What the chisel's host said. */
    ChiselException chisel() {
        return chisel;
    }
}
