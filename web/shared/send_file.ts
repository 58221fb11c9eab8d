/*
 * Bytes on their way to the server, told part by part and to be stopped. XMLHttpRequest, because fetch does not say how
 * much of a body has gone; the answer is a Response like that of any other request.
 */
export interface Sending {
    headers: Record<string, string>;
    bytes: Blob;
    progress: (sent: number) => void;
    signal?: AbortSignal | undefined;
}

export function sendFile(method: string, path: string, { headers, bytes, progress, signal }: Sending): Promise<Response> {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const stop = () => request.abort();
        request.open(method, path);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.upload.onprogress = (event) => progress(event.loaded);
        request.upload.onload = () => progress(bytes.size);
        request.onload = () => {
            const type = request.getResponseHeader("Content-Type") ?? "",
                wait = request.getResponseHeader("Retry-After");
            resolve(
                new Response(request.status === 204 ? null : request.responseText, {
                    status: request.status,
                    headers: { "Content-Type": type, ...(wait ? { "Retry-After": wait } : {}) },
                }),
            );
        };
        request.onerror = () => reject(new TypeError("not sent"));
        request.onabort = () => reject(new DOMException("stopped", "AbortError"));
        request.onloadend = () => signal?.removeEventListener("abort", stop);
        if (signal?.aborted) stop();
        signal?.addEventListener("abort", stop);
        request.send(bytes);
    });
}
