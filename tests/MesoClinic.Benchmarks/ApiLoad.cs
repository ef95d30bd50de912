using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace MesoClinic.Benchmarks;

/// <summary>How many requests a minute one API key gets answered by a portal that runs.</summary>
internal static class ApiLoad
{
    private const int Callers = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    private static readonly (string Endpoint, string Body)[] Requests =
    [
        ("assess", """
            {"date":"2026-07-10","historyComplete":true,"patient":{"birthDate":"1990-05-01","sex":"female","medications":[{"atc":"B01AF01"}],"allergies":["alg-sulfites"]},
             "plan":{"indication":"ind-wrinkles","areas":["forehead"],"technique":"tech-nappage","ingredients":["ing-hyaluronic-acid","ing-procaine"]}}
            """),
        ("aftercare", """{"sessions":[{"end":"2026-07-10T15:30:00+02:00","areas":["forehead"],"ingredients":["ing-hyaluronic-acid"]}],"patient":{"allergies":["alg-sulfites"]},"at":"2026-07-11T09:00:00+02:00"}"""),
        ("triage", """{"symptom":"swelling","onsetHours":2,"durationHours":80,"severity":"mild","modifiers":{"trend":"fading"}}"""),
    ];

    /// <param name="args">Address and key; without them, those of the demo clinic.</param>
    public static async Task RunAsync(string[] args)
    {
        using var http = new HttpClient { BaseAddress = new Uri(args is [var address, ..] ? address : "http://localhost:5080") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", args is [_, var key, ..] ? key : "demo");
        foreach (var (endpoint, body) in Requests)
        {
            await AskForAsync(http, endpoint, body, WarmUp);
            var started = Stopwatch.GetTimestamp();
            var times = await AskForAsync(http, endpoint, body, Measured);
            var minutes = Stopwatch.GetElapsedTime(started).TotalMinutes;
            times.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"POST /api/{endpoint,-10} {times.Count / minutes,9:0} requests a minute, median {At(times, 0.5):0.0} ms, p95 {At(times, 0.95):0.0} ms, p99 {At(times, 0.99):0.0} ms, {Callers} callers"));
        }
    }

    private static async Task<List<double>> AskForAsync(HttpClient http, string endpoint, string body, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var callers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            var times = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var asked = Stopwatch.GetTimestamp();
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(new Uri($"/api/{endpoint}", UriKind.Relative), content);
                answer.EnsureSuccessStatusCode();
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return times;
        }));
        return [.. callers.SelectMany(times => times)];
    }

    private static double At(List<double> sorted, double part) => sorted[(int)((sorted.Count - 1) * part)];
}
