package io.fovea.cli;


/** Where the seed of a run came from. */
enum SeedOrigin {
    /** Chosen: a run of another seed is another run. */
    GIVEN,
    /** Drawn for lack of a choice: an unfinished run of another seed goes on instead. */
    DRAWN
}
