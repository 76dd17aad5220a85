package org.syscope.capture.scap;

import org.syscope.capture.event.Text;

/**
 * The block that says what wrote a capture. pcapng has an option of the section header for it, but older readers of
 * captures take no options there; blocks that they do not know before the first event they pass over. Its body is a chain
 * of pcapng options:
 *
 * <pre>
 *  | 4 u16 (application) | length u16 | name and version, padded to 4 | 0 u16 | 0 u16 |
 * </pre>
 */
final class WriterBlock {

    static final int APPLICATION = 4;

    private WriterBlock() {
    }

    /** The name of the application; empty if the block does not have it. */
    static Text application(BlockCursor body) throws DamagedBlockException {
        while (body.remaining() >= 4) {
            int code = body.u16("option");
            int length = body.u16("option");
            if (code == 0) {
                break;
            }
            Text value = body.bytes(length, "option");
            body.bytes(-length & 3, "option");
            if (code == APPLICATION) {
                return value;
            }
        }
        return Text.EMPTY;
    }
}
