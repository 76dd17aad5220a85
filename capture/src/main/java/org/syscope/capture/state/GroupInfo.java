package org.syscope.capture.state;

import org.syscope.capture.event.Text;

/**
 * A group.
 *
 * @param gid the group id
 * @param name its name
 */
public record GroupInfo(int gid, Text name) {
}
