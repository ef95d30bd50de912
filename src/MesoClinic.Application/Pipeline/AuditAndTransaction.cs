using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Pipeline;

/// <summary>
/// A command runs in one transaction with its audit row and its idempotency row. A refusal rolls the handler's changes back,
/// while the assessment that led to it and the audit row are kept. A query writes down whose record it read.
/// </summary>
internal sealed class AuditAndTransaction<TRequest, TResponse>(
    ClinicDbContext db, DatabaseEngine engine, WriteGate gate, AuditTrail trail, AuditWriter writer, KeptAssessments kept, CurrentUser user, AuditKey key, DiskAlarm alarm, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IClinicRequest
    where TResponse : class, IOutcome<TResponse>
{
    private const string BeforeHandler = "before_handler";
    private const string JustTaken = "Somebody else was faster. Nothing was saved; look at the new state and try again.";
    private static readonly string Name = RequestName.Of<TRequest>();

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not IClinicCommand command)
        {
            var answer = await next();
            await writer.WriteAsync(cancellationToken);
            return answer;
        }

        // Sealed with a key that the database does not hold: a command may carry a new password, which a plain hash would give away to guessing.
        var content = Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, JsonSerializer.SerializeToUtf8Bytes(request, JsonColumn.Options)));
        using var pass = await gate.EnterAsync(cancellationToken);
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token => await TryAsync(command, content, next, token) ?? await TryAsync(command, content, next, token) ?? TResponse.Refuse(new Failure.Conflict(JustTaken)),
            cancellationToken);
    }

    /// <summary>Null: another instance finished the same command at this very moment, and a second look will find its result.</summary>
    private async Task<TResponse?> TryAsync(IClinicCommand command, string content, RequestHandlerDelegate<TResponse> next, CancellationToken token)
    {
        db.ChangeTracker.Clear();
        trail.Forget();
        kept.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        if (await db.ProcessedCommands.AsNoTracking().SingleOrDefaultAsync(done => done.Id == command.CommandId, token) is { } earlier)
        {
            return earlier.ContentHash == content && earlier.UserId == user.Id.GetValueOrDefault()
                ? JsonSerializer.Deserialize<TResponse>(earlier.Result, JsonColumn.Options)!
                : TResponse.Refuse(new Failure.Conflict("This form was already sent. Open it again to send something else."));
        }

        await transaction.CreateSavepointAsync(BeforeHandler, token);
        var outcome = await HandleAsync(next);
        if (outcome.Failure is not null)
        {
            await transaction.RollbackToSavepointAsync(BeforeHandler, token);
            db.ChangeTracker.Clear();
            db.AddRange(await kept.AfterRollbackAsync(db, token));
        }
        else
        {
            db.ProcessedCommands.Add(new ProcessedCommand
            {
                Id = command.CommandId,
                UserId = user.Id.GetValueOrDefault(),
                Name = Name,
                ContentHash = content,
                Result = JsonSerializer.Serialize(outcome, JsonColumn.Options),
                AtUtc = clock.GetUtcNow().UtcDateTime,
            });
        }

        await trail.ForgetRepeatsAsync(token);
        trail.Record(Name, outcome.Failure?.Kind ?? "Done");
        try
        {
            await trail.AppendAsync(token);
        }
        catch (DbUpdateException error) when (IsUniqueViolation(error))
        {
            return null;
        }

        await transaction.CommitAsync(token);
        alarm.Clear();
        trail.Written();
        return outcome;
    }

    private async Task<TResponse> HandleAsync(RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (DbUpdateConcurrencyException)
        {
            return TResponse.Refuse(new Failure.Stale());
        }
        catch (DbUpdateException error) when (IsUniqueViolation(error))
        {
            return TResponse.Refuse(new Failure.Conflict(JustTaken));
        }
    }

    private bool IsUniqueViolation(DbUpdateException error) => error.InnerException is DbException inner && engine.IsUniqueViolation(inner);
}
