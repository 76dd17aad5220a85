package org.syscope.filters.field;

/**
 * All kinds of events a filter can tell apart by their type: one per event type code, and for the two generic types
 * (code 0 enter, 1 exit) one per system call. Numbered without holes for bit sets:
 *
 * <pre>
 *   0 .. eventTypes-1                    event type code (0 and 1 stay unused)
 *   eventTypes .. +syscalls-1            generic enter, by system call code
 *   eventTypes+syscalls .. +syscalls-1   generic exit, by system call code
 *   last                                 anything beyond the tables
 * </pre>
 *
 * @param eventTypes number of event type codes of the schema
 * @param syscalls number of system call codes
 */
public record EventSpace(int eventTypes, int syscalls) {
    /** Stands for an event type code beyond the schema. */
    public static final int UNKNOWN = -1;

    /** How many kinds there are. */
    public int size() {
        return eventTypes + 2 * syscalls + 1;
    }

    /** The number of the kind of event that has these codes. */
    public int index(int eventCode, int syscallCode) {
        if (eventCode > 1) {
            return eventCode < eventTypes ? eventCode : size() - 1;
        }
        if (eventCode < 0 || syscallCode < 0 || syscallCode >= syscalls) {
            return size() - 1;
        }
        return eventTypes + eventCode * syscalls + syscallCode;
    }

    /** The event type code of a kind; {@link #UNKNOWN} for the last. */
    public int eventCode(int index) {
        if (index < eventTypes) {
            return index;
        }
        return index == size() - 1 ? UNKNOWN : (index - eventTypes) / syscalls;
    }

    /** The system call code of a generic kind, else -1. */
    public int syscallCode(int index) {
        return index < eventTypes || index == size() - 1 ? -1 : (index - eventTypes) % syscalls;
    }
}
