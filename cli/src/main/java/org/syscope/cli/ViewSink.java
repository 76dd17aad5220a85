package org.syscope.cli;

import org.syscope.chisels.views.ViewEngine;
import org.syscope.filters.field.EventContext;

/** Gives events to views. */
final class ViewSink implements EventSink {

    private final ViewEngine engine;

    ViewSink(ViewEngine engine) {
        this.engine = engine;
    }

    @Override
    public void accept(EventContext context) {
        engine.event(context);
    }

    @Override
    public void acceptHidden(EventContext context) {
        if (!context.event().stateOnly()) {
            engine.account(context);
        }
    }

    @Override
    public void close() {
        // the engine outlives the source: a capture is read again for each selection
    }
}
