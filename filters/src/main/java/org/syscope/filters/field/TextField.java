package org.syscope.filters.field;

import org.syscope.filters.text.OutputBuffer;

/** A field that writes itself into output, in a form that differs from what filters compare. */
public interface TextField extends Field {
    /**
     * Adds the field as it is shown. Allocates nothing.
     *
     * @param escape whether control characters are escaped; not for JSON, which has escapes of its own
     * @return false if the event has no such value; nothing was added then
     */
    boolean write(EventContext context, OutputBuffer out, boolean escape);

    /** Whether it is the event's time in some form: JSON shows all such fields as ns since the epoch. */
    default boolean isEventTime() {
        return false;
    }
}
