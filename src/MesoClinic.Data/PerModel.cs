using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MesoClinic.Data;

/// <summary>A query compiled once for each model: a compiled query serves one only, and every database engine has its own.</summary>
/// <param name="compile">Calls <c>EF.CompileAsyncQuery</c>.</param>
public sealed class PerModel<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> compiled = [];

    /// <summary>The query for this context's model.</summary>
    public TQuery For(ClinicDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return compiled.GetValue(db.Model, _ => compile());
    }
}
