import {Box, Text} from 'ink';
import type {MouseTarget} from '../../explorer/keymap/index.js';
import {StageBox} from '../sheets/stage.js';
import {theme} from '../theme.js';

/** A line of a list of choices. */
export type Choice = {
	readonly name: string;
	readonly isChosen: boolean;
	/** What a click on it means. */
	readonly target: MouseTarget;
	/** Truncated to its room. */
	readonly label: string;
	/** Cells of the label; its natural width where left out. */
	readonly labelWidth?: number;
	/** Truncated to its room. */
	readonly detail?: string;
};

/** A list of choices: the chosen one is marked, and highlighted where the list has the focus. */
export function Choices({
	items,
	width,
	isFocused,
}: {
	readonly items: readonly Choice[];
	/** Cells within the pane's border. */
	readonly width: number;
	readonly isFocused: boolean;
}) {
	return (
		<Box flexDirection="column" paddingX={1}>
			{items.map(({name, isChosen, target, label, labelWidth, detail}) => {
				const isLit = isChosen && isFocused;
				return (
					<StageBox key={name} width={width - 2} height={1} aim={() => target}>
						<Box width={2} flexShrink={0}>
							<Text color={theme.accent}>{isChosen ? '▸' : ''}</Text>
						</Box>
						<Box
							flexGrow={labelWidth === undefined ? 1 : 0}
							width={labelWidth}
							flexShrink={0}
						>
							<Text bold={isChosen} inverse={isLit}>
								{label}
							</Text>
						</Box>
						<Text dimColor>{detail}</Text>
					</StageBox>
				);
			})}
		</Box>
	);
}
