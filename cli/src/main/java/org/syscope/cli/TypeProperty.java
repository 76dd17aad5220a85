package org.syscope.cli;

import java.util.function.Predicate;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;

/** A property of event types, looked up once for each type that occurs: most of a schema never does. */
final class TypeProperty {

    private static final byte YES = 1;
    private static final byte NO = 2;

    private final Predicate<EventType> property;
    private final byte[] known = new byte[EventCodes.COUNT];

    TypeProperty(Predicate<EventType> property) {
        this.property = property;
    }

    /** Whether the type with that code, which the schema knows, has the property. */
    boolean holds(int code) {
        byte answer = known[code];
        if (answer == 0) {
            answer = property.test(EventType.of(code)) ? YES : NO;
            known[code] = answer;
        }
        return answer == YES;
    }
}
