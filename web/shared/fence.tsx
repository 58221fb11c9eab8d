/* A fault of one screen leaves the way to the others. */
import { Component } from "preact";
import type { ComponentChildren } from "preact";
import { Fault } from "./ui/load";

export class Fence extends Component<{ name: string; children: ComponentChildren }, { fault: unknown }> {
    override state = { fault: undefined as unknown };
    static override getDerivedStateFromError(fault: unknown) {
        return { fault };
    }
    override componentDidUpdate(before: { name: string }) {
        if (before.name !== this.props.name && this.state.fault !== undefined) this.setState({ fault: undefined });
    }
    override render() {
        return this.state.fault !== undefined ? (
            <Fault error={this.state.fault} again={() => this.setState({ fault: undefined })} />
        ) : (
            this.props.children
        );
    }
}
