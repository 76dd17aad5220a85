package org.syscope.filters.text;

/**
 * How events are shown, as the command line chooses it for the whole run.
 *
 * @param buffers how data buffers are shown
 * @param maxLength longest text of a data buffer in the normal form, characters; 0 for no limit
 * @param services where ports get their names from; null to show numbers
 * @param hosts where addresses get their names from
 */
public record TextOptions(BufferFormat buffers, int maxLength, ServiceNames services, HostNames hosts) {

    /** Where text is cut unless told otherwise, characters. */
    public static final int DEFAULT_MAX_LENGTH = 80;

    /** Normal buffers, cut to {@link #DEFAULT_MAX_LENGTH}, and ports as numbers. */
    public static final TextOptions DEFAULT = new TextOptions(BufferFormat.NORMAL, DEFAULT_MAX_LENGTH, null);

    /** Addresses as numbers. */
    public TextOptions(BufferFormat buffers, int maxLength, ServiceNames services) {
        this(buffers, maxLength, services, HostNames.NONE);
    }
}
