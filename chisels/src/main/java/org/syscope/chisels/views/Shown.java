package org.syscope.chisels.views;

import java.util.List;

/**
 * What is to be seen at one moment: never changes, and may be read by any thread.
 *
 * @param number of this picture; grows by one with each
 * @param view that is open; null for event lines and I/O
 * @param special {@link ViewLibrary#DIG} or {@link ViewLibrary#ECHO} where no view is open; null where one is
 * @param path the steps down to here, oldest first
 * @param filter that events have to pass, the view's own included; empty for none
 * @param sample rows, sorted and filtered; of spectrograms without rows
 * @param sortColumn of the shown ones, from 0; -1 for the order of time
 * @param ascending which way
 * @param rowFilter the text that rows must have; empty for none
 * @param ownFilter the filter that the user put in the place of all others; null if there is none
 * @param spectrogram null for all other views
 * @param lines null for views
 * @param paused whether this picture is held
 * @param time what of the source was seen
 * @param notice what the user should know, as that the file is cut off; empty for nothing
 */
public record Shown(long number, ViewDefinition view, String special, List<Selection> path, String filter, Sample sample,
        int sortColumn, boolean ascending, String rowFilter, String ownFilter, Spectrogram spectrogram, EventLines lines,
        boolean paused, Time time, String notice) {

    /**
     * What of the source was seen.
     *
     * @param live whether it is this machine
     * @param events how many events the source gave
     * @param matched how many of them the view took
     * @param lost how many a driver lost
     * @param progress how much of the file was read, 0 to 100; 100 live
     * @param ended whether the file came to its end
     * @param first time of the capture's first event, ns since the epoch; 0 if not known yet
     * @param last time of the capture's last event, ns since the epoch; while the file is read for the first time that of the
     *     last event so far
     * @param now time of the last event taken in, ns since the epoch
     * @param from begin of the shown interval, ns since the epoch; 0 for everything
     * @param to its end, included; 0 for everything
     * @param speed at which the capture is played; 0 if it is not
     */
    public record Time(boolean live, long events, long matched, long lost, double progress, boolean ended, long first,
            long last, long now, long from, long to, double speed) {
    }

    /** What the user looks at, for a title. */
    public String title() {
        return view != null ? view.name() : special.equals(ViewLibrary.DIG) ? "Events" : "I/O";
    }

    /** Id for {@code -v}. */
    public String viewId() {
        return view != null ? view.id() : special;
    }

    /** The field of the innermost selection, for the views that are offered; empty if there is none. */
    public String selectionField() {
        for (int i = path.size() - 1; i >= 0; i--) {
            if (!path.get(i).field().isEmpty()) {
                return path.get(i).field();
            }
        }
        return "";
    }
}
