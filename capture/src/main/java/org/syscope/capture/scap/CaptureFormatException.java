package org.syscope.capture.scap;

import java.io.IOException;

/**
 * A capture file is not one, is truncated or damaged. Everything before the fault was delivered. The message is one line
 * for the user: file, offset, block and what is wrong.
 */
public final class CaptureFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final String block;
    private final String reason;

    /**
     * A fault at one place of a file.
     *
     * @param file its name as the user gave it
     * @param offset of the block, bytes from the start of the (uncompressed) data; -1 if the fault is the file as a whole
     * @param compressed whether the file is gzip, so that the offset is one in the uncompressed data
     * @param block name of the block; null if there is none
     * @param reason what is wrong
     */
    CaptureFormatException(String file, long offset, boolean compressed, String block, String reason) {
        super(message(file, offset, compressed, block, reason));
        this.file = file;
        this.offset = offset;
        this.block = block;
        this.reason = reason;
    }

    /** A fault of the file as a whole. */
    CaptureFormatException(String file, String reason) {
        this(file, -1, false, null, reason);
    }

    private static String message(String file, long offset, boolean compressed, String block, String reason) {
        StringBuilder text = new StringBuilder(file);
        if (offset >= 0) {
            text.append(", offset ").append(offset);
            if (compressed) {
                text.append(" of the uncompressed data");
            }
        }
        if (block != null) {
            text.append(", block ").append(block);
        }
        return text.append(": ").append(reason).toString();
    }

    /** The file's name as the user gave it. */
    public String file() {
        return file;
    }

    /** Offset of the faulty block in the uncompressed data, bytes; -1 if the fault is the file as a whole. */
    public long offset() {
        return offset;
    }

    /** Name of the faulty block, for example {@code EV_V2}; null if there is none. */
    public String block() {
        return block;
    }

    /** What is wrong, without the place. */
    public String reason() {
        return reason;
    }
}
