package org.syscope.capture.scap;

import java.io.IOException;

/**
 * A capture file could not be written on: the disk is full, the pipe closed. What is safe reads without error: the file
 * ends behind a whole block. The message is one line for the user.
 */
public final class CaptureWriteException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long safeBytes;
    private final long safeEvents;

    /** {@code disk}: what the file lies on; empty if it is no file on a disk. */
    CaptureWriteException(String file, IOException cause, String disk, long safeBytes, long safeEvents) {
        super(file + ": " + cause.getMessage() + (disk.isEmpty() ? "" : " on " + disk) + ": "
                + safeEvents + " events in " + safeBytes + " bytes are written and can be read", cause);
        this.file = file;
        this.safeBytes = safeBytes;
        this.safeEvents = safeEvents;
    }

    /** The file's name as the user gave it. */
    public String file() {
        return file;
    }

    /** How many bytes of the file hold whole blocks. */
    public long safeBytes() {
        return safeBytes;
    }

    /** How many events are in them. */
    public long safeEvents() {
        return safeEvents;
    }
}
