package org.syscope.filters.field;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;

/**
 * One part of a container infrastructure event's description, which is a run of {@code Key: value} pairs parted by
 * semicolons: {@code Event: start; ID: 0123456789abcdef; name: web; Image: nginx}.
 */
final class InfrastructureText implements Getter {

    private static final int DESCRIPTION = 2;
    private static final int SHORT_ID = 12;

    private final String key;

    InfrastructureText(String field) {
        key = switch (field) {
            case "evt.infra.docker.container.id" -> "ID";
            case "evt.infra.docker.container.name" -> "name";
            case "evt.infra.docker.container.image" -> "Image";
            default -> "Event";
        };
    }

    static boolean isEvent(int eventCode, int syscallCode) {
        return eventCode == EventCodes.PPME_INFRASTRUCTURE_EVENT_E;
    }

    @Override
    public boolean get(EventContext context, FieldValue out) {
        Event event = context.event();
        if (!isEvent(event.typeCode(), -1)) {
            return false;
        }
        for (String pair : event.text(DESCRIPTION).toString().split(";")) {
            int colon = pair.indexOf(':');
            if (colon > 0 && pair.substring(0, colon).trim().equals(key)) {
                out.setText(shortened(pair.substring(colon + 1).trim()));
                return true;
            }
        }
        return false;
    }

    private String shortened(String value) {
        if (key.equals("ID")) {
            return value.length() > SHORT_ID ? value.substring(0, SHORT_ID) : value;
        }
        int at = key.equals("Image") ? value.indexOf('@') : -1;
        return at < 0 ? value : value.substring(0, at).trim();
    }
}
