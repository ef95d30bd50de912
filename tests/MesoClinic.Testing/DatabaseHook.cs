using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MesoClinic.Testing;

/// <summary>What happens in the moment before a statement reaches the database: somebody else's commit, or an outage.</summary>
public sealed class DatabaseHook : IDbCommandInterceptor, IDbConnectionInterceptor
{
    public Func<DbCommand, Task>? BeforeCommand { get; set; }
    public Action? BeforeOpening { get; set; }

    /// <summary>Once, just before the first statement with these words, as if another transaction had come in between.</summary>
    public void Meanwhile(string before, string sql) => BeforeCommand = async command =>
    {
        if (!command.CommandText.Contains(before, StringComparison.Ordinal))
        {
            return;
        }

        BeforeCommand = null;
        await using var other = command.Connection!.CreateCommand();
        (other.Transaction, other.CommandText) = (command.Transaction, sql);
        await other.ExecuteNonQueryAsync();
    };

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await (BeforeCommand?.Invoke(command) ?? Task.CompletedTask);
        return result;
    }

    public async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await (BeforeCommand?.Invoke(command) ?? Task.CompletedTask);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        BeforeOpening?.Invoke();
        return ValueTask.FromResult(result);
    }
}
