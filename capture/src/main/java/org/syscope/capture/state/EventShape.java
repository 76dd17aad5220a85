package org.syscope.capture.state;

import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterType;

/**
 * What the state must know of an event type for every event, packed into one int so that the hot path reads one array:
 *
 * <pre>
 *  bit 0-7   position of the fd parameter, 255 if there is none
 *  bit 8-15  position of the socket tuple parameter, 255 if there is none
 *  bit 16    enter event of a pair
 *  bit 17    exit event
 *  bit 18    no thread is looked up
 *  bit 19    the thread is looked up in the table only
 *  bit 20    acts on an fd
 *  bit 21    creates, uses or destroys an fd: fd fields are shown
 * </pre>
 */
final class EventShape {

    static final int ENTER = 1 << 16;
    static final int EXIT = 1 << 17;
    static final int NO_THREAD = 1 << 18;
    static final int FIND_ONLY = 1 << 19;
    static final int USES_FD = 1 << 20;
    static final int SHOWS_FD = 1 << 21;

    private static final int NONE = 255;
    private static final int[] SHAPES = new int[EventCodes.COUNT];

    static {
        for (int code = 0; code < EventCodes.COUNT; code++) {
            SHAPES[code] = shape(EventType.of(code));
        }
    }

    private EventShape() {
    }

    /** The shape of a type code from 0 to {@link EventCodes#COUNT} - 1. */
    static int of(int code) {
        return SHAPES[code];
    }

    /** Position of the fd that an event of this shape is about; -1 if it has none. */
    static int fdParameter(int shape) {
        int index = shape & NONE;
        return index == NONE ? -1 : index;
    }

    /** Position of the socket tuple; -1 if there is none. */
    static int tupleParameter(int code) {
        int index = SHAPES[code] >>> 8 & NONE;
        return index == NONE ? -1 : index;
    }

    private static int shape(EventType type) {
        int code = type.code();
        boolean oneSided = type.isEnter() && code + 1 < EventCodes.COUNT && EventType.of(code + 1).is(EventFlag.UNUSED);
        int bits = 0;
        if (!type.isEnter()) {
            bits |= EXIT;
        } else if (!oneSided) {
            bits |= ENTER;
        }
        if (type.is(EventFlag.SKIPPARSERESET) || isMeta(code)) {
            bits |= NO_THREAD;
        }
        if (findsOnly(code)) {
            bits |= FIND_ONLY;
        }
        if (type.is(EventFlag.USES_FD)) {
            bits |= USES_FD | SHOWS_FD;
        }
        if (type.is(EventFlag.CREATES_FD) || type.is(EventFlag.DESTROYS_FD)) {
            bits |= SHOWS_FD;
        }
        int tuple = type.parameterIndex("tuple");
        return bits | fdIndex(type) | (tuple < 0 ? NONE : tuple) << 8;
    }

    private static int fdIndex(EventType type) {
        if (!type.is(EventFlag.USES_FD)) {
            return NONE;
        }
        // the first parameter of an exit event is its result, which can be an fd too: the new one
        for (int i = type.isEnter() ? 0 : 1; i < type.parameterCount(); i++) {
            if (type.parameter(i).type() == ParameterType.FD) {
                return i;
            }
        }
        return NONE;
    }

    private static boolean isMeta(int code) {
        return switch (code) {
            case EventCodes.PPME_CONTAINER_JSON_E, EventCodes.PPME_CONTAINER_JSON_2_E, EventCodes.PPME_USER_ADDED_E,
                    EventCodes.PPME_USER_DELETED_E, EventCodes.PPME_GROUP_ADDED_E, EventCodes.PPME_GROUP_DELETED_E,
                    EventCodes.PPME_PLUGINEVENT_E, EventCodes.PPME_ASYNCEVENT_E -> true;
            default -> false;
        };
    }

    private static boolean findsOnly(int code) {
        return CloneLayout.of(code) != null || switch (code) {
            case EventCodes.PPME_SCHEDSWITCH_6_E, EventCodes.PPME_PROCEXIT_E, EventCodes.PPME_PROCEXIT_1_E -> true;
            default -> false;
        };
    }
}
