package org.syscope.capture.scap;

import java.io.IOException;

/** What is inside a block contradicts itself; the reader adds the place and makes it a {@link CaptureFormatException}. */
final class DamagedBlockException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedBlockException(String reason) {
        super(reason);
    }
}
