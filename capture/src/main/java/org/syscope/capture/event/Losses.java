package org.syscope.capture.event;

/**
 * Adds up what the events of a trace say of events that were lost: notifications of this project with their number, and
 * the beginning and end of dropping that other drivers tell, without one. Allocates nothing per event.
 */
public final class Losses {

    private static final int LOSS_LENGTH = 2 * Long.BYTES;

    private final EventOptions options = new EventOptions();
    private long lost;
    private long places;
    private long unknownPlaces;
    private long dropStart;
    private long lastLost;
    private long lastSince;

    /**
     * Looks at an event.
     *
     * @return whether it tells of a place where events were lost
     */
    public boolean take(Event event) {
        int code = event.typeCode();
        if (code != EventCodes.PPME_DROP_E && code != EventCodes.PPME_DROP_X) {
            return false;
        }
        if (options.find(event, EventOptions.LOSS) && options.length() >= LOSS_LENGTH) {
            lastLost = options.u64At(0);
            lastSince = options.u64At(Long.BYTES);
            lost += lastLost;
        } else if (code == EventCodes.PPME_DROP_E) {
            dropStart = event.timestamp();
            return false;
        } else {
            lastLost = -1;
            lastSince = dropStart == 0 ? event.timestamp() : dropStart;
            dropStart = 0;
            unknownPlaces++;
        }
        places++;
        return true;
    }

    /** How many events were lost, as far as that is told. */
    public long lost() {
        return lost;
    }

    /** At how many places events were lost. */
    public long places() {
        return places;
    }

    /** At how many of them it is not told how many. */
    public long unknownPlaces() {
        return unknownPlaces;
    }

    /** How many were lost at the last place; -1 if that is not told. */
    public long lastLost() {
        return lastLost;
    }

    /** Time of the first lost event of the last place, ns since the epoch; of the start of dropping if only that is told. */
    public long lastSince() {
        return lastSince;
    }
}
