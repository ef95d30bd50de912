using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace MesoClinic.Data;

/// <summary>Tells a database that does not answer from an answer that makes no sense.</summary>
public static class DatabaseOutage
{
    /// <summary>Whatever it is wrapped in: what retries, and what reads rows, wraps it.</summary>
    public static bool Is(Exception? error) => error is not null && (error is DbException or RetryLimitExceededException or TimeoutException || Is(error.InnerException));
}
