using System.Text.Json;
using MediatR;
using MesoClinic.Application;
using MesoClinic.Application.Aftercare;
using MesoClinic.Application.Complications;
using MesoClinic.Application.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Web.Api;

/// <summary>The JSON endpoints for other programs. They know no cookie and no session, only the key.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        var open = app.MapGroup("/api").AllowAnonymous().DisableAntiforgery();
        var api = open.MapGroup("").AddEndpointFilter<ApiKeyFilter>().WithTags("MesoClinic").ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/knowledge", (HttpContext context, IMediator mediator) => AnswerAsync(mediator, new GetKnowledge.Query(), context.RequestAborted))
            .WithName("knowledge").WithSummary("All ids, by table, with titles and sources").Produces<GetKnowledge.View>();
        open.Map("/knowledge", (HttpContext context) => WrongMethod(context, HttpMethods.Get)).ExcludeFromDescription();
        Post("assess", "Assess a plan for a patient", new TakesBody(typeof(AssessBody), ApiExamples.Assess), body => new AssessPlan.Query(body));
        Post("aftercare", "What a patient may do after sessions, and from when", new TakesBody(typeof(AftercareBody), ApiExamples.Aftercare), body => new PlanAftercare.Query(body));
        Post("triage", "How urgent a symptom after a session is", new TakesBody(typeof(TriageBody), ApiExamples.Triage), body => new TriageSymptom.Query(body));

        // The pages' routes would otherwise answer for what is not here, in HTML.
        open.Map("/{**rest}", () => Problems.Of(StatusCodes.Status404NotFound, "There is no such endpoint.")).ExcludeFromDescription();
        app.MapOpenApi().AllowAnonymous();

        void Post<T>(string name, string summary, TakesBody takes, Func<JsonElement, IRequest<Outcome<T>>> request)
        {
            api.MapPost(name, (HttpContext context, IMediator mediator) => JsonBody.ReadAsync(context, body => AnswerAsync(mediator, request(body), context.RequestAborted)))
                .WithName(name).WithSummary(summary).WithMetadata(takes).Produces<T>()
                .ProducesValidationProblem().ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
            open.Map(name, (HttpContext context) => WrongMethod(context, HttpMethods.Post)).ExcludeFromDescription();
        }
    }

    private static IResult WrongMethod(HttpContext context, string right)
    {
        context.Response.Headers.Allow = right;
        return Problems.Of(StatusCodes.Status405MethodNotAllowed, $"This endpoint answers to {right} only.");
    }

    private static async Task<IResult> AnswerAsync<T>(IMediator mediator, IRequest<Outcome<T>> request, CancellationToken token)
    {
        var outcome = await mediator.Send(request, token);
        return outcome.Failure switch
        {
            null => Results.Json(outcome.Value, RulesJson.Options),
            Failure.Invalid invalid => Results.ValidationProblem(invalid.Errors.ToDictionary(error => error.Key, error => error.Value, StringComparer.Ordinal), title: "The request cannot be read."),
            Failure.Forbidden => Problems.Unauthorised,
            var failure => throw new InvalidOperationException($"The endpoints have no answer to {failure.Kind}."),
        };
    }
}

internal static class Problems
{
    public static readonly IResult Unauthorised = Results.Problem("Send the header \"Authorization: Bearer <api key>\" with a key that a manager has made.", statusCode: StatusCodes.Status401Unauthorized, title: "A valid API key is needed.");

    public static IResult Of(int status, string title) => Results.Problem(statusCode: status, title: title);

    public static IResult NotJson(string path, string message) => Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = [message] }, title: "The request cannot be read.");
}

/// <summary>Reads a request's body as JSON within limits. What it says is the slices' business.</summary>
internal static class JsonBody
{
    public const int Largest = 256 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static async Task<IResult> ReadAsync(HttpContext context, Func<JsonElement, Task<IResult>> answer)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Send the content type application/json.");
        }

        if (context.Request.ContentLength > Largest || await BytesAsync(context) is not { } bytes)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "The body is larger than 256 kB.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Strict);
            Walk(document.RootElement);
        }
        catch (JsonException error)
        {
            return Problems.NotJson("$", $"This is not JSON, names a field twice, or nests too deep: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            return Problems.NotJson("$", "A text in it is not valid Unicode.");
        }

        using (document)
        {
            return await answer(document.RootElement);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> BytesAsync(HttpContext context)
    {
        var buffer = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int count; (count = await context.Request.Body.ReadAsync(part, context.RequestAborted)) > 0;)
        {
            if (buffer.Length + count > Largest)
            {
                return null;
            }

            buffer.Write(part, 0, count);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>Half a surrogate pair passes the parser and breaks whoever reads it: better here.</summary>
    private static void Walk(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in element.EnumerateObject())
                {
                    _ = field.Name;
                    Walk(field.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
