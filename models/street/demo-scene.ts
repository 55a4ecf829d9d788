/** The scene of fixtures/demo: a car whose wheels show, people, signs, a sign's plate on a wall, a puddle. */
export const demoScene = {seed: 22_535, width: 576, height: 384};
