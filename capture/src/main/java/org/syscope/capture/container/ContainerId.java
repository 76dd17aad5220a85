package org.syscope.capture.container;

import org.syscope.capture.event.Text;

/**
 * Which container a thread runs in.
 *
 * @param id 12 hexadecimal digits, or a name with engines that name their containers
 * @param type the engine, as far as paths tell
 */
public record ContainerId(Text id, ContainerType type) {
}
